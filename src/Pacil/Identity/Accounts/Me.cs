using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Identity.Accounts;

/// <summary>An account as its owner sees it.</summary>
[Example(
    """
    {
      "id": 1, "username": "ana", "email": null, "language": "en", "time_zone": "Asia/Jakarta",
      "administrator": true, "workspace": 1, "created_at": "2026-11-21T08:14:05.120Z",
      "last_login": "2026-11-21T08:14:05.120Z"
    }
    """)]
internal sealed record Me(
    long Id, string Username, string? Email, string? Language, string TimeZone, bool Administrator, long Workspace,
    DateTime CreatedAt, DateTime? LastLogin)
{
    public static Me Of(Account account) => new(
        account.Id, account.Username, account.Email, account.Language, account.TimeZone, account.Administrator,
        account.WorkspaceId, account.CreatedAt, account.LastLoginAt);

    /// <summary>
    /// Sets the CSRF cookie, even if the status is 401. A program that loads no web page needs the cookie to sign in.
    /// </summary>
    public static async Task<IResult> Handle(HttpContext context, AccountStore accounts)
    {
        Csrf.Ensure(context);
        return CurrentUser.Find(context) is { } user
            ? ApiResponse.Ok(Of(await accounts.Get(user)), AccountsJson.Default.Me)
            : Problems.Of(StatusCodes.Status401Unauthorized);
    }
}
