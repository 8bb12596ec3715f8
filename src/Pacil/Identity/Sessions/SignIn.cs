using System.Globalization;
using Microsoft.Net.Http.Headers;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Passwords;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.Requests;

namespace Pacil.Identity.Sessions;

/// <summary>
/// Signs in by name and password. A wrong name and a wrong password get the same response after the same time.
/// </summary>
internal sealed class SignIn(
    AccountStore accounts, PasswordCheck check, SessionStore sessions, TimeProvider time, Audit audit)
{
    public const string LastLoginCookie = "last_login";

    /// <summary>Returned only after a correct password, because the response reveals that the account exists.</summary>
    private static readonly Problem AccountLocked = new(StatusCodes.Status403Forbidden, "account_locked");

    public static async Task<Result<ApiResponse>> Handle(RequestFields fields, SignIn signIn, HttpContext context) =>
        (await signIn.Apply(fields, context)).Then(account => ApiResponse.Ok(Me.Of(account), AccountsJson.Default.Me));

    public async Task<Result<Account>> Apply(RequestFields fields, HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var username = fields.WholeLine("username", Account.UsernameLengthMax, required: true);
        var password = fields.Secret("password", AccountRules.PasswordLengthMax, required: true);
        if (fields.Problem is { } problem) return problem;

        var found = await check.Apply(context, username, password, () => accounts.FindByName(username, cancellation));
        if (found.IsProblem) return found.Problem;
        var (account, tried) = (found.Value.Account, found.Value.Tried);
        if (account.LockedAt is not null)
        {
            audit.Write(context, "sign_in", AccountLocked.Code, (account.Id, account.Username));
            return AccountLocked;
        }
        await Open(context, account, cancellation, tried);
        return account;
    }

    /// <summary>The last sign-in in this browser, from a cookie; null if the cookie is missing or not valid.</summary>
    public static DateTime? LastLogin(HttpContext context) =>
        DateTime.TryParse(
            context.Request.Cookies[LastLoginCookie], CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Opens a session for a user who has just proved their identity, and sets its cookies.</summary>
    /// <param name="tried">Null if the user signs in by a link, without a password.</param>
    public async Task Open(
        HttpContext context, Account account, CancellationToken cancellation, SignInAttempt? tried = null)
    {
        if (CurrentUser.Find(context) is { } before) await sessions.Close(before, cancellation);
        var key = await sessions.Open(account, async tx =>
        {
            if (tried is not null) await Lockout.Forgive(tx, tried);
            else await Lockout.Clear(tx, account.Username);
            await tx.Execute("update account set last_login_at = @Now where id = @Id", new { tx.Now, account.Id });
        }, cancellation);
        SessionCookie.Give(context.Response, key, sessions.LifetimeMax);
        Device.Give(context, account);
        Csrf.Renew(context);
        RememberLogin(context);
        audit.Write(context, "sign_in", "done", (account.Id, account.Username));
    }

    /// <summary>
    /// Writes the Set-Cookie header itself, because Cookies.Append would encode the colons of the time.
    /// </summary>
    private void RememberLogin(HttpContext context) => context.Response.Headers.AppendList(
        HeaderNames.SetCookie, [new SetCookieHeaderValue(LastLoginCookie, UtcMilliseconds.Text(time.UtcNow()))
        {
            Path = "/",
            Secure = context.Request.IsHttps,
            SameSite = Microsoft.Net.Http.Headers.SameSiteMode.Lax,
            MaxAge = sessions.LifetimeMax,
        }]);
}
