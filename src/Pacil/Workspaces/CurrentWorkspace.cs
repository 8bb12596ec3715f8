using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.OpenApi;
using Pacil.Web.RateLimits;
using Pacil.Web.Requests;

namespace Pacil.Workspaces;

/// <summary>
/// The workspace of a request: the workspace in the URL, or otherwise the caller's personal workspace. The constructor
/// does not check that the caller is a member. Each read must check the membership in its own query, with
/// <see cref="Id"/> and <see cref="Account"/>.
/// </summary>
internal sealed class CurrentWorkspace : IEndpointParameterMetadataProvider
{
    public static readonly Parameter Asked = Parameter.Id("workspace", "A workspace of which you are a member.");

    private readonly HttpContext context;
    private readonly CurrentUser user;

    private CurrentWorkspace(HttpContext context, CurrentUser user)
    {
        this.context = context;
        this.user = user;
        var named = context.Request.RouteValues["workspace"] as string;
        Id = named is null ? user.WorkspaceId : long.Parse(named, CultureInfo.InvariantCulture);
        Path = named is null ? "" : $"/w/{named}";
    }

    public long Id { get; }

    public long Account => user.Id;

    /// <summary>The start of the URL paths of the workspace's pages: "" or "/w/7".</summary>
    public string Path { get; }

    /// <summary>The start of the workspace's paths in the API: "/api" or "/api/w/7".</summary>
    public string Api => $"/api{Path}";

    /// <summary>The URL path to which a form posts to undo a change; null if the request changed nothing.</summary>
    public string? UndoPath(ApiResponse answer) => answer.Seq is { } seq ? $"{Path}/entries/{seq}/undo" : null;

    /// <summary>
    /// Runs the write of a form, and redirects to the form's page. The page shows a message, with an undo button after
    /// a change.
    /// </summary>
    public async Task<IResult> Redirect(FormRedirect redirect, RequestWrite write, string text)
    {
        var result = await write.Run();
        return redirect.Done(result, text, $"{Path}/", result.IsProblem ? null : UndoPath(result.Value));
    }

    private Database Database => context.RequestServices.GetRequiredService<Database>();

    /// <summary>Describes every route whose handler has a parameter of this type.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(Asked);
        builder.Metadata.Add(new Refusal(403, "forbidden") { IsOfWrites = true });
        builder.Metadata.Add(new Refusal(404, "not_found"));
        builder.Metadata.Add(new Refusal(409, "workspace_closed") { IsOfWrites = true });
    }

    public static ValueTask<CurrentWorkspace?> BindAsync(HttpContext context) => new(Of(context));

    public static CurrentWorkspace Of(HttpContext context) => new(context, CurrentUser.Of(context));

    public Task<T> Read<T>(Func<Connection, Task<T>> query) => Database.Read(query, context.RequestAborted);

    /// <summary>A write to the workspace. The response names the entry by which the write can be undone.</summary>
    /// <param name="fields">The request body.</param>
    public RequestWrite Write(
        Role needed, RequestFields? fields, Func<WriteTransaction, Task<Result<ApiResponse>>> apply,
        bool allowClosed = false) =>
        user.Write(context, fields, apply, tx => Membership.RequireRole(tx, Id, needed, allowClosed)) with
        {
            IsUndoable = true,
            Workspace = Id,
        };

    /// <summary>Counts work on this number of items against the caller's rate limit.</summary>
    /// <returns>Null if allowed; otherwise 429.</returns>
    public Problem? Charge(int items) => Limits.Charge(context, items);

    /// <summary>Counts an invitation by name against the caller's rate limit.</summary>
    /// <returns>Null if allowed; otherwise 429.</returns>
    public Problem? CountInvitation() => Limits.CountInvitation(context, user.Id);

    /// <summary>Counts a search with terms in the request body, and waits until the search may run.</summary>
    /// <exception cref="ProblemException">429 or 503 if the search cannot run now.</exception>
    public Task<IDisposable?> TakeSearchTurn() => Limits.TakeSearchTurn(context);

    /// <summary>The workspace, queried one time per request; null if the caller is not a member.</summary>
    public async ValueTask<Workspace?> Find()
    {
        if (context.Items.TryGetValue(typeof(Workspace), out var known)) return known as Workspace;
        var found = await Read(connection => Workspace.Find(connection, Id, Account));
        context.Items[typeof(Workspace)] = found;
        return found;
    }

    public bool IsPersonal => Id == user.WorkspaceId;
}
