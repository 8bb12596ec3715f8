using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Identity.Accounts;

/// <summary>
/// Reports which rules for user names, e-mail addresses and passwords are broken. The code of a rule begins with the
/// name of a form field: the error "password_too_short" appears at the field "password", with the text
/// "error.password_too_short".
/// </summary>
internal static class AccountRules
{
    public const int PasswordLengthMin = 8;
    public const int PasswordLengthMax = 1000;

    /// <summary>Adds an error to the form field of each broken rule.</summary>
    /// <returns>Null if no rule is broken; 409 if the account's state forbids the change; otherwise 422.</returns>
    public static Problem? Report(RequestFields fields, IReadOnlyCollection<string> broken)
    {
        if (broken.FirstOrDefault(ChangeAccount.States.Contains) is { } state)
            return new Problem(StatusCodes.Status409Conflict, state);
        foreach (var code in broken) fields.Error(code.Split('_')[0], $"error.{code}", PasswordLengthMin);
        return fields.Problem;
    }

    /// <summary>Converts the codes of broken rules to a problem. Null if no rule is broken.</summary>
    public static Problem? Report(params string[] broken) => Report(RequestFields.OfForm(FormCollection.Empty), broken);
}
