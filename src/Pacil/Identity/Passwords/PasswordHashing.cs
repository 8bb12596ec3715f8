using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Hosting;

namespace Pacil.Identity.Passwords;

/// <summary>
/// Hashes and checks passwords with PBKDF2-HMAC-SHA512, by default with 210,000 rounds (OWASP, 2023). A hash waits in a
/// queue and is slow, so it never runs inside a write transaction.
/// </summary>
internal sealed class PasswordHashing
{
    private readonly HashTurns turns;
    private readonly PasswordHasher<Account> hasher;

    /// <summary>
    /// The hash that is used for an account that does not exist or has no password. So the check takes as long as for
    /// an account with a password.
    /// </summary>
    private readonly Task<string> nobody;

    public PasswordHashing(Settings settings, HashTurns turns)
    {
        this.turns = turns;
        hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = settings.PasswordRounds }));
        nobody = Task.Run(() => hasher.HashPassword(new Account(), Guid.NewGuid().ToString()));
    }

    /// <summary>
    /// Converts different encodings of the same password to the same string (RFC 8265, OpaqueString): é may be one code
    /// point or two, and some keyboards send a no-break space instead of a space.
    /// </summary>
    public static string Normal(string password) => string.Concat(password
        .Normalize(NormalizationForm.FormC)
        .Select(c => char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator ? ' ' : c));

    /// <exception cref="ProblemException">See <see cref="HashTurns.Enter"/>.</exception>
    public async Task<string> Hash(
        HashRequester requester, Account account, string password, CancellationToken cancellation)
    {
        using var place = turns.Enter(requester);
        return await turns.Run(place, () => hasher.HashPassword(account, Normal(password)), cancellation);
    }

    /// <summary>
    /// Whether the account has this password. If there is no account, or the account has no password, the result is
    /// false after the same time. An earlier version of Pacil hashed the password as the user typed it, so this form is
    /// accepted, too.
    /// </summary>
    public async Task<bool> IsRight(
        HashTurns.Place place, Account? account, string password, CancellationToken cancellation)
    {
        var hash = account is { PasswordHash.Length: > 0 } known ? known.PasswordHash : await nobody;
        foreach (var form in new[] { Normal(password), password }.Distinct())
        {
            var verified = await turns.Run(
                place, () => hasher.VerifyHashedPassword(account ?? new Account(), hash, form), cancellation);
            if (verified != PasswordVerificationResult.Failed) return account is { PasswordHash.Length: > 0 };
        }
        return false;
    }
}
