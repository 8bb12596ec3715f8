using Microsoft.AspNetCore.Identity;
using Pacil.Identity.Passwords;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Identity.Accounts;

/// <summary>
/// The rules for user names, e-mail addresses and passwords. The code of a rule begins with the name of a form field:
/// the error "password_too_short" appears at the field "password", with the text "error.password_too_short".
/// </summary>
internal sealed class AccountRules(PasswordRules passwords)
    : IUserValidator<Account>, IPasswordValidator<Account>, ILookupNormalizer
{
    public const int PasswordLengthMin = 8;
    public const int PasswordLengthMax = 1000;

    public string NormalizeName(string? name) => Account.Key(name ?? "");

    public string? NormalizeEmail(string? email) => email is null ? null : Account.Key(email);

    public async Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user)
    {
        var broken = new List<string>();
        var namesake = await manager.FindByNameAsync(user.Username);
        if (namesake is not null && namesake.Id != user.Id) broken.Add("username_taken");
        else if (namesake?.Username != user.Username && !Account.IsUsername(user.Username))
            broken.Add("username_not_allowed");
        if (user.Email is not null && !Account.IsEmail(user.Email)) broken.Add("email_not_valid");
        return Said([.. broken]);
    }

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(Said([.. passwords.Broken(password!, user)]));

    /// <summary>Adds an error to the form field of each broken rule.</summary>
    /// <returns>Null if no rule is broken; 409 if the account's state forbids the change; otherwise 422.</returns>
    public static Problem? Report(RequestFields fields, IdentityResult result)
    {
        if (result.Errors.FirstOrDefault(error => ChangeAccount.States.Contains(error.Code)) is { } state)
            return new Problem(StatusCodes.Status409Conflict, state.Code);
        foreach (var error in result.Errors)
            fields.Error(error.Code.Split('_')[0], $"error.{error.Code}", PasswordLengthMin);
        return fields.Problem;
    }

    /// <summary>Converts the codes of broken rules to a problem. Null if no rule is broken.</summary>
    public static Problem? Report(params string[] broken) =>
        Report(RequestFields.OfForm(FormCollection.Empty), Said(broken));

    public static bool IsConflict(IdentityResult result) =>
        result.Errors.Any(error => error.Code == ChangeAccount.Conflict);

    public static IdentityResult Said(params string[] broken) => broken.Length == 0
        ? IdentityResult.Success
        : IdentityResult.Failed([.. broken.Select(code => new IdentityError { Code = code })]);
}
