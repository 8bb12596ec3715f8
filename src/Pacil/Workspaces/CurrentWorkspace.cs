using System.Globalization;
using Pacil.Accounts;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Workspaces;

/// <summary>
/// The workspace a request speaks of (the address names it, else it is the caller's own), and the caller's way
/// into it. Reads ask for membership in their own query, with <see cref="Id"/> and <see cref="Account"/>.
/// </summary>
internal sealed class CurrentWorkspace
{
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

    /// <summary>What leads its pages' addresses: "" or "/w/7".</summary>
    public string Path { get; }

    /// <summary>What leads its API's addresses: "/api" or "/api/w/7".</summary>
    public string Api => $"/api{Path}";

    /// <summary>Where a form takes back what has been answered so; null where nothing has changed.</summary>
    public string? UndoPath(ApiResponse answer) => answer.Seq is { } seq ? $"{Path}/entries/{seq}/undo" : null;

    private Database Database => context.RequestServices.GetRequiredService<Database>();

    /// <summary>Binds a handler's parameter.</summary>
    public static ValueTask<CurrentWorkspace?> BindAsync(HttpContext context) => new(Of(context));

    public static CurrentWorkspace Of(HttpContext context) => new(context, CurrentUser.Of(context));

    public Task<T> Read<T>(Func<Connection, Task<T>> query) => Database.Read(query, context.RequestAborted);

    /// <summary>
    /// Runs a use case as one write: the caller's role is asked first, then the request's idempotency key. A
    /// problem undoes it all. The answer names the entry by which it can be taken back.
    /// </summary>
    /// <param name="fields">What the request sent; an idempotency key is bound to it.</param>
    /// <param name="allowClosed">Whether it may be done in a closed workspace.</param>
    public async Task<Result<ApiResponse>> Write(
        Role needed, RequestFields? fields, Func<WriteTransaction, Task<Result<ApiResponse>>> apply,
        bool allowClosed = false)
    {
        WriteTransaction? write = null;
        var result = await user.Write(context, fields, apply, tx =>
        {
            write = tx;
            return Membership.RequireRole(tx, Id, needed, allowClosed);
        });
        if (result.IsProblem) return result;
        var seq = result.Value.IsReplayed
            ? await Read(connection => Idempotency.FirstEntry(connection, write!.Actor, Id))
            : write!.Entries.FirstOrDefault(entry => entry.FeedId == Id)?.Seq;
        return result.Value with { Seq = seq };
    }

    /// <summary>Why the caller may not do the work of so many items for now, or null.</summary>
    public Problem? Charge(int items) => Limits.Charge(context, items);

    /// <summary>Why the caller may not invite anybody by name for now, or null.</summary>
    public Problem? CountInvitation() => Limits.CountInvitation(context, user.Id);

    /// <summary>
    /// Counts a search by terms that the address does not tell of, and waits for its turn among the caller's others; to
    /// be disposed. What is written jointly has one turn for all: its parts wait for each other.
    /// </summary>
    /// <exception cref="ProblemException">429, 503: not now.</exception>
    public Task<IDisposable?> TakeSearchTurn() => context.Features.Get<JointWrite>() is { } joint
        ? joint.TakeSearchTurn(context)
        : Limits.TakeSearchTurn(context);

    /// <summary>The same without a key, for an answer that holds a secret.</summary>
    public Task<Result<ApiResponse>> WriteOnce(Role needed, Func<WriteTransaction, Task<Result<ApiResponse>>> apply) =>
        user.Write(context, key: null, async tx =>
            await Membership.RequireRole(tx, Id, needed, allowClosed: false) is { } missing
                ? missing : await apply(tx));

    /// <summary>
    /// The workspace as the caller sees it, for its pages; null where one is no member. Asked once for a request.
    /// </summary>
    public async ValueTask<Workspace?> Find()
    {
        if (context.Items.TryGetValue(typeof(Workspace), out var known)) return known as Workspace;
        var found = await Read(connection => Workspace.Find(connection, Id, Account));
        context.Items[typeof(Workspace)] = found;
        return found;
    }

    /// <summary>Whether it is the one that came with the caller's account.</summary>
    public bool IsPersonal => Id == user.WorkspaceId;
}
