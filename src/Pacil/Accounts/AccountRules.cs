using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Identity;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// What a user name, an e-mail address and a password must be like. Each broken rule is an error of Identity whose
/// code is a field and a text: "password_too_short" is said at the field password, in the words of
/// "error.password_too_short".
/// </summary>
internal sealed class AccountRules : IUserValidator<Account>, IPasswordValidator<Account>, ILookupNormalizer
{
    public const int PasswordLengthMin = 8;
    public const int PasswordLengthMax = 1000;

    private static readonly FrozenSet<string> Common = LoadCommon();

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

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var broken = new List<string>();
        if (password!.Length < PasswordLengthMin) broken.Add("password_too_short");
        if (password.All(char.IsDigit)) broken.Add("password_all_digits");
        if (Common.Contains(password.ToLowerInvariant())) broken.Add("password_too_common");
        if (Resembles(password, user.Username)) broken.Add("password_like_username");
        if (user.Email is not null && Resembles(password, user.Email.Split('@')[0])) broken.Add("password_like_email");
        return Task.FromResult(Said([.. broken]));
    }

    /// <summary>Puts broken rules where the person typed.</summary>
    /// <returns>All that is wrong with the fields; 409: what the account is now forbids it; null: nothing.</returns>
    public static Problem? Report(Fields fields, IdentityResult result)
    {
        if (result.Errors.FirstOrDefault(error => ChangeAccount.States.Contains(error.Code)) is { } state)
            return new Problem(StatusCodes.Status409Conflict, state.Code);
        foreach (var error in result.Errors)
            fields.Error(error.Code.Split('_')[0], $"error.{error.Code}", PasswordLengthMin);
        return fields.Problem;
    }

    /// <summary>The same, of rules that a use case found broken.</summary>
    public static Problem? Report(params string[] broken) =>
        Report(Fields.OfForm(FormCollection.Empty), Said(broken));

    public static bool IsConflict(IdentityResult result) =>
        result.Errors.Any(error => error.Code == ChangeAccount.Conflict);

    public static IdentityResult Said(params string[] broken) => broken.Length == 0
        ? IdentityResult.Success
        : IdentityResult.Failed([.. broken.Select(code => new IdentityError { Code = code })]);

    /// <summary>One contains most of the other, or a few letters make the difference.</summary>
    private static bool Resembles(string password, string name)
    {
        var (longer, shorter) = (Fold.Key(password), Fold.Key(name));
        if (longer.Length < shorter.Length) (longer, shorter) = (shorter, longer);
        if (shorter.Length < 3) return false;
        return longer.Contains(shorter, StringComparison.Ordinal) && shorter.Length * 2 >= longer.Length
            || Distance(longer, shorter) * 10 <= longer.Length * 3;
    }

    /// <summary>Insertions, deletions and replacements between two words (Levenshtein, 1965).</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        foreach (var letter in a)
        {
            var current = new int[b.Length + 1];
            current[0] = previous[0] + 1;
            for (var j = 1; j <= b.Length; j++)
                current[j] = Math.Min(
                    Math.Min(previous[j], current[j - 1]) + 1,
                    previous[j - 1] + (letter == b[j - 1] ? 0 : 1));
            previous = current;
        }
        return previous[^1];
    }

    private static FrozenSet<string> LoadCommon()
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")!);
        return reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#')).ToFrozenSet();
    }
}
