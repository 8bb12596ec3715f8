using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Pacil.Data;
using Pacil.Identity.Sessions;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Language;
using Pacil.Web.Requests;

namespace Pacil.Identity.Accounts;

/// <summary>The user of a request, read together with the session or token in one query.</summary>
internal sealed class CurrentUser : ClaimsIdentity
{
    public CurrentUser(AccountRow row, AccessKey key, string epoch)
        : base(ClaimsOf(row), key.IsToken ? "token" : "session", ClaimTypes.Name, ClaimTypes.Role)
    {
        Id = row.AccountId;
        Username = row.Username;
        Key = key;
        WorkspaceId = row.WorkspaceId;
        InboxId = row.InboxId;
        InboxHead = row.InboxHead;
        InboxCursor = FeedCursor.At(epoch, row.InboxId, row.InboxHead, row.InboxMark);
        Unread = row.Unread;
        IsAdministrator = row.Administrator;
        TimeZone = TimeZones.Find(row.TimeZone) ?? TimeZoneInfo.Utc;
    }

    public long Id { get; }
    public string Username { get; }
    public AccessKey Key { get; }

    /// <summary>The token's scope allows reading only.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The token's scope allows giving access. A session always may, and leaves this false.</summary>
    public bool HasAdminScope { get; init; }

    /// <summary>When the session or token expires; null for a token without an end.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>The personal workspace.</summary>
    public long WorkspaceId { get; }
    public long InboxId { get; }

    /// <summary>The inbox's head and its cursor, from the same statement as <see cref="Unread"/>.</summary>
    public long InboxHead { get; }
    public string InboxCursor { get; }

    /// <summary>Unread notifications, at most one more than the bell shows.</summary>
    public long Unread { get; }

    public bool IsAdministrator { get; }
    public TimeZoneInfo TimeZone { get; }

    public static CurrentUser? Find(HttpContext context) => context.User.Identity as CurrentUser;

    /// <summary>The route must require authorization.</summary>
    public static ValueTask<CurrentUser?> BindAsync(HttpContext context) => new(Of(context));

    /// <exception cref="ProblemException">401 if nobody is signed in.</exception>
    public static CurrentUser Of(HttpContext context) =>
        Find(context) ?? throw new ProblemException(Problems.Of(StatusCodes.Status401Unauthorized));

    /// <summary>Runs a use case as one write, once for each idempotency key. A problem rolls it back.</summary>
    /// <param name="fields">What the request sent; the key is bound to it.</param>
    /// <param name="missing">Runs before the key is looked up. Returns why the user may not write, or null.</param>
    public Task<Result<ApiResponse>> Write(
        HttpContext context, RequestFields? fields, Func<WriteTransaction, Task<Result<ApiResponse>>> apply,
        Func<WriteTransaction, Task<Problem?>>? missing = null)
    {
        var once = Idempotency.Of(context.Request, fields?.Raw ?? default);
        return Write(context, once?.Value, async tx =>
            await (missing ?? AccountStore.Gone)(tx) is { } problem ? problem
            : once is null ? await apply(tx) : await once.Once(tx, () => apply(tx)));
    }

    /// <summary>For an answer that must not be stored. <c>apply</c> checks the access itself.</summary>
    public Task<Result<ApiResponse>> Write(
        HttpContext context, string? key, Func<WriteTransaction, Task<Result<ApiResponse>>> apply) =>
        context.Features.Get<JointWrite>() is { } joint
            ? joint.Join(apply)
            : Write(context, new Actor(Id, Username, key), apply);

    private static Task<Result<ApiResponse>> Write(
        HttpContext context, Actor actor, Func<WriteTransaction, Task<Result<ApiResponse>>> apply) =>
        context.RequestServices.GetRequiredService<Database>().Write(actor, async tx =>
        {
            var result = await apply(tx);
            if (result.IsProblem) tx.Rollback();
            return result;
        }, context.RequestAborted);

    /// <summary>Refuses tokens: a token that was stolen for an hour must not open the account for good.</summary>
    /// <returns>Null for a session; else 403.</returns>
    public Problem? NeedsSession => Key.IsToken ? new(StatusCodes.Status403Forbidden, "session_required") : null;

    /// <summary>For routes that give access.</summary>
    /// <returns>Null for a session and for a token with the admin scope; else 403.</returns>
    public Problem? NeedsAdminScope => HasAdminScope ? null : NeedsSession;

    private static Claim[] ClaimsOf(AccountRow row) =>
    [
        new(ClaimTypes.NameIdentifier, row.AccountId.ToString(CultureInfo.InvariantCulture)),
        new(ClaimTypes.Name, row.Username),
        .. row.Language is null ? Array.Empty<Claim>() : [new(Culture.LanguageClaim, row.Language)],
        .. row.Administrator ? [new(ClaimTypes.Role, Administrators.Role)] : Array.Empty<Claim>(),
    ];
}
