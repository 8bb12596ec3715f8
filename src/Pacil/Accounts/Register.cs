using System.Text;
using Microsoft.AspNetCore.Identity;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// Somebody makes an account. It does not sign in: whoever registers shows once that the password is known.
/// </summary>
internal sealed partial class Register(UserManager<Account> users, Passwords passwords, ILogger<Register> log)
{
    public static async Task<Result<Answer>> Handle(Fields fields, Register register, CancellationToken cancellation) =>
        (await register.Apply(fields, cancellation)).Then(account =>
            Answer.Created("/api/me", Me.Of(account), AccountsJson.Default.Me));

    /// <summary>Checks every rule at once and keeps the account, or says at each field what is wrong.</summary>
    public async Task<Result<Account>> Apply(Fields fields, CancellationToken cancellation)
    {
        var account = new Account
        {
            Username = Username(fields),
            Email = Email(fields),
            TimeZone = fields.Line("time_zone", 64) is var zone && Account.IsTimeZone(zone) ? zone : "UTC",
        };
        var password = await NewPassword(fields, account, users);
        if (account.Username.Length > 0)
            foreach (var rules in users.UserValidators)
                AccountRules.Report(fields, await rules.ValidateAsync(users, account));
        if (fields.Problem is { } problem) return problem;

        account.PasswordHash = await passwords.Hash(account, password, cancellation);
        if (AccountRules.Report(fields, await users.CreateAsync(account)) is { } taken) return taken;
        var made = (await users.FindByNameAsync(account.Username))!;
        if (made.Administrator) LogAdministrator(made.Username);
        return made;
    }

    public static string Username(Fields fields) =>
        fields.Line("username", Account.UsernameLengthMax, required: true).Normalize(NormalizationForm.FormKC);

    public static string? Email(Fields fields) =>
        fields.Line("email", Account.EmailLengthMax) is { Length: > 0 } email ? email : null;

    /// <summary>Reads and judges the password, and its confirmation where one was sent.</summary>
    public static async Task<string> NewPassword(Fields fields, Account account, UserManager<Account> users)
    {
        var password = fields.Secret("password", AccountRules.PasswordLengthMax, required: true);
        if (fields.Has("password_confirmation")
            && fields.Secret("password_confirmation", AccountRules.PasswordLengthMax) != password)
            fields.Error("password_confirmation", "error.passwords_differ");
        if (password.Length > 0)
            foreach (var rules in users.PasswordValidators)
                AccountRules.Report(fields, await rules.ValidateAsync(users, account, password));
        return password;
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Username} is the first account here, and so its administrator.")]
    private partial void LogAdministrator(string username);
}
