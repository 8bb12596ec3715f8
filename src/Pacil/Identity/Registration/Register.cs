using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Passwords;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Identity.Registration;

/// <summary>Creates an account. The user then signs in, which shows that the user knows the password.</summary>
internal sealed partial class Register(
    AccountStore accounts, PasswordRules rules, PasswordHashing passwords, CreateAccount create, Database database,
    TimeProvider time, ILogger<Register> log)
{
    public static async Task<Result<ApiResponse>> Handle(RequestFields fields, Register register, HttpContext context)
    {
        var invitation = fields.Line("invitation", Account.UsernameLengthMax);
        var policy = new RegistrationPolicy(invitation.Length > 0 ? invitation : null);
        return (await register.Apply(fields, policy, HashRequester.Stranger(context), context.RequestAborted))
            .Then(account => ApiResponse.Created("/api/me", Me.Of(account), AccountsJson.Default.Me));
    }

    /// <summary>Checks all rules and stores the account, or returns the errors of all fields together.</summary>
    /// <param name="policy">The registration policy; null if an operator registers the account on the console.</param>
    public async Task<Result<Account>> Apply(
        RequestFields fields, RegistrationPolicy? policy, HashRequester requester, CancellationToken cancellation)
    {
        if (policy is not null && await Refusal(policy, cancellation) is { } refusal) return refusal;
        var wanted = await Read(fields, needsPassword: true, requester, cancellation);
        if (wanted.IsProblem) return wanted.Problem;
        var made = await database.Write(Actor.Program, async tx =>
        {
            var result = await create.Apply(tx, wanted.Value, policy);
            if (result.IsProblem) tx.Rollback();
            return result;
        }, cancellation);
        if (made.Value is { Administrator: true } first) LogAdministrator(first.Username);
        return made;
    }

    /// <summary>Null if registration is allowed. Pages check this before the user fills in the form.</summary>
    public Task<Problem?> Refusal(RegistrationPolicy policy, CancellationToken cancellation) =>
        database.Read(connection => policy.Refusal(connection, time.UtcNow()), cancellation);

    /// <summary>
    /// The URL to open after registration: <c>next</c>, or the list of invitations if registration needs an invitation.
    /// In that case, the registration has turned the link in <c>next</c> into an invitation for the new account.
    /// </summary>
    public async Task<string?> ReturnUrl(string? next, CancellationToken cancellation) =>
        RegistrationPolicy.Of(next).Invitation is not null
            && await database.Read(RegistrationPolicy.Mode, cancellation) == RegistrationPolicy.ByInvitation
            ? "/workspaces"
            : next;

    /// <summary>Reads the account from the fields and checks every rule that needs no transaction.</summary>
    /// <param name="needsPassword">
    /// If false, the password may be missing. Nobody can sign in by password to such an account.
    /// </param>
    public async Task<Result<Account>> Read(
        RequestFields fields, bool needsPassword, HashRequester requester, CancellationToken cancellation)
    {
        var account = new Account
        {
            Username = AccountFields.Username(fields),
            Email = AccountFields.Email(fields),
            TimeZone = TimeZones.Find(fields.Line("time_zone", TimeZones.NameLengthMax))?.Id ?? "UTC",
            SecurityStamp = AccessKey.Random(),
        };
        account.UsernameKey = Account.Key(account.Username);
        var password = needsPassword || fields.Secret("password", AccountRules.PasswordLengthMax).Length > 0
            ? AccountFields.NewPassword(fields, account, rules)
            : null;
        if (account.Username.Length > 0)
            AccountRules.Report(fields, await accounts.Broken(account, cancellation));
        if (fields.Problem is { } problem) return problem;
        if (password is not null) account.PasswordHash = await passwords.Hash(
            requester, account, password, cancellation);
        return account;
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Username} is the first account here, and so its administrator.")]
    private partial void LogAdministrator(string username);
}
