using System.Text;
using Pacil.Identity.Passwords;
using Pacil.Web.Requests;

namespace Pacil.Identity.Accounts;

/// <summary>Reads the fields of an account from a request. A broken rule becomes an error of its field.</summary>
internal static class AccountFields
{
    public static string Username(RequestFields fields) =>
        fields.WholeLine("username", Account.UsernameLengthMax, required: true).Normalize(NormalizationForm.FormKC);

    public static string? Email(RequestFields fields) =>
        fields.Line("email", Account.EmailLengthMax) is { Length: > 0 } email ? email : null;

    public static string NewPassword(RequestFields fields, Account account, PasswordRules rules)
    {
        var password = Password(fields, "password", required: true);
        if (fields.Gives("password_confirmation") && Password(fields, "password_confirmation") != password)
            fields.Error("password_confirmation", "error.passwords_differ");
        if (password.Length > 0) AccountRules.Report(fields, rules.Broken(password, account));
        return password;
    }

    private static string Password(RequestFields fields, string field, bool required = false) =>
        PasswordHashing.Normal(fields.Secret(field, AccountRules.PasswordLengthMax, required));
}
