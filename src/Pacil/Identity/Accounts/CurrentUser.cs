using System.Globalization;
using System.Security.Claims;
using Pacil.Data;
using Pacil.Identity.Sessions;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Language;
using Pacil.Web.Requests;

namespace Pacil.Identity.Accounts;

/// <summary>The user of a request. One query reads the account together with the session or token.</summary>
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

    /// <summary>True only for a token with the scope "read".</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>True only for a token with the scope "admin". A session does not need a scope.</summary>
    public bool HasAdminScope { get; init; }

    /// <summary>Null for a token that never expires.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>The user's personal workspace.</summary>
    public long WorkspaceId { get; }
    public long InboxId { get; }

    /// <summary>The number of the inbox's last entry, read by the same SQL statement as <see cref="Unread"/>.</summary>
    public long InboxHead { get; }
    public string InboxCursor { get; }

    /// <summary>The number of unread notifications, up to 100. The bell shows at most 99.</summary>
    public long Unread { get; }

    public bool IsAdministrator { get; }
    public TimeZoneInfo TimeZone { get; }

    public static CurrentUser? Find(HttpContext context) => context.User.Identity as CurrentUser;

    /// <summary>Binds a handler's parameter. The endpoint must require authorization.</summary>
    public static ValueTask<CurrentUser?> BindAsync(HttpContext context) => new(Of(context));

    /// <exception cref="ProblemException">401 if the request has no user.</exception>
    public static CurrentUser Of(HttpContext context) =>
        Find(context) ?? throw new ProblemException(Problems.Of(StatusCodes.Status401Unauthorized));

    /// <summary>A write with the user as its author.</summary>
    /// <param name="fields">The request body.</param>
    /// <param name="authorize">
    /// The check inside the transaction. By default, checks only that the user's account is neither erased nor locked.
    /// </param>
    public RequestWrite Write(
        HttpContext context, RequestFields? fields, Func<WriteTransaction, Task<Result<ApiResponse>>> apply,
        Func<WriteTransaction, Task<Problem?>>? authorize = null) =>
        new(context, new Actor(Id, Username), authorize ?? AccountStore.RequireAccount, apply) { Fields = fields };

    /// <summary>Refuses tokens, so that a thief cannot use a stolen token to get permanent access.</summary>
    /// <returns>Null for a session; 403 for a token.</returns>
    public Problem? NeedsSession => Key.IsToken ? new(StatusCodes.Status403Forbidden, "session_required") : null;

    /// <summary>Refuses tokens that must not change who has access to an account or workspace.</summary>
    /// <returns>Null for a session and for a token with the scope "admin"; otherwise 403.</returns>
    public Problem? NeedsAdminScope => HasAdminScope ? null : NeedsSession;

    private static Claim[] ClaimsOf(AccountRow row) =>
    [
        new(ClaimTypes.NameIdentifier, row.AccountId.ToString(CultureInfo.InvariantCulture)),
        new(ClaimTypes.Name, row.Username),
        .. row.Language is null ? Array.Empty<Claim>() : [new(Culture.LanguageClaim, row.Language)],
        .. row.Administrator ? [new(ClaimTypes.Role, Administrators.Role)] : Array.Empty<Claim>(),
    ];
}
