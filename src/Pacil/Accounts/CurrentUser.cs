using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Pacil.Data;
using Pacil.Feed;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// Who asks: what every request needs to know of the account, read with the session or token in one query.
/// </summary>
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

    /// <summary>What this request came with.</summary>
    public AccessKey Key { get; }

    /// <summary>May look and change nothing: a program whose token says so.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>May give others access, and take it away: a token whose scope says so. A session always may.</summary>
    public bool HasAdminScope { get; init; }

    /// <summary>When the session or token ends by itself; null: a token that never does.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>The personal workspace.</summary>
    public long WorkspaceId { get; }

    /// <summary>The feed that nobody else reads.</summary>
    public long InboxId { get; }

    /// <summary>The inbox's latest entry when <see cref="Unread"/> was counted, and the cursor of that place.</summary>
    public long InboxHead { get; }
    public string InboxCursor { get; }

    /// <summary>Notifications that wait, as far as the bell shows them.</summary>
    public long Unread { get; }

    public bool IsAdministrator { get; }
    public TimeZoneInfo TimeZone { get; }

    /// <summary>The signed-in user, or null.</summary>
    public static CurrentUser? Find(HttpContext context) => context.User.Identity as CurrentUser;

    /// <summary>Binds a handler's parameter; its route must require someone to be signed in.</summary>
    public static ValueTask<CurrentUser?> BindAsync(HttpContext context) => new(Of(context));

    /// <exception cref="ProblemException">401: nobody is signed in.</exception>
    public static CurrentUser Of(HttpContext context) =>
        Find(context) ?? throw new ProblemException(Problems.Of(StatusCodes.Status401Unauthorized));

    /// <summary>
    /// Runs a use case as one write of this person, and once for the request's idempotency key. A problem undoes it
    /// all.
    /// </summary>
    /// <param name="fields">What the request sent; the key is bound to it.</param>
    /// <param name="missing">Asked before the key: why the person may not, or null.</param>
    public Task<Result<ApiResponse>> Write(
        HttpContext context, RequestFields? fields, Func<WriteTransaction, Task<Result<ApiResponse>>> apply,
        Func<WriteTransaction, Task<Problem?>>? missing = null)
    {
        var once = Idempotency.Of(context.Request, fields?.Raw ?? default);
        return Write(context, once?.Value, async tx =>
            await (missing ?? AccountStore.Gone)(tx) is { } problem ? problem
            : once is null ? await apply(tx) : await once.Once(tx, () => apply(tx)));
    }

    /// <summary>The same for an answer that must not be stored, where <c>apply</c> checks the access itself.</summary>
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

    /// <summary>
    /// For what a token must not do, or one that was stolen for an hour would open the account for good.
    /// </summary>
    /// <returns>Null for a session; else 403.</returns>
    public Problem? NeedsSession => Key.IsToken ? new(StatusCodes.Status403Forbidden, "session_required") : null;

    /// <summary>For what gives access.</summary>
    /// <returns>Null for a session, and for a token with the scope; else 403.</returns>
    public Problem? NeedsAdminScope => HasAdminScope ? null : NeedsSession;

    private static Claim[] ClaimsOf(AccountRow row) =>
    [
        new(ClaimTypes.NameIdentifier, row.AccountId.ToString(CultureInfo.InvariantCulture)),
        new(ClaimTypes.Name, row.Username),
        .. row.Language is null ? Array.Empty<Claim>() : [new(Culture.LanguageClaim, row.Language)],
        .. row.Administrator ? [new(ClaimTypes.Role, Administrators.Role)] : Array.Empty<Claim>(),
    ];
}
