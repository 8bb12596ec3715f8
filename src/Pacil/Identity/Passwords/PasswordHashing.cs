using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Hosting;

namespace Pacil.Identity.Passwords;

/// <summary>
/// Hashes and checks passwords in turns, never inside a write. PBKDF2-HMAC-SHA512, by default with 210,000 rounds
/// (OWASP, 2023).
/// </summary>
internal sealed class PasswordHashing
{
    private readonly HashTurns turns;
    private readonly PasswordHasher<Account> hasher;

    /// <summary>The hash for unknown names, so that their check takes as long as for known ones.</summary>
    private readonly Task<string> nobody;

    public PasswordHashing(Settings settings, HashTurns turns)
    {
        this.turns = turns;
        hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = settings.PasswordRounds }));
        nobody = Task.Run(() => hasher.HashPassword(new Account(), Guid.NewGuid().ToString()));
    }

    /// <summary>RFC 8265, OpaqueString: é is one character or two, and some keyboards write a no-break space.</summary>
    public static string Normal(string password) => string.Concat(password
        .Normalize(NormalizationForm.FormC)
        .Select(c => char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator ? ' ' : c));

    /// <exception cref="ProblemException">429 or 503, as <see cref="HashTurns.Enter"/> says.</exception>
    public async Task<string> Hash(
        HashRequester requester, Account account, string password, CancellationToken cancellation)
    {
        using var place = turns.Enter(requester);
        return await turns.Run(place, () => hasher.HashPassword(account, Normal(password)), cancellation);
    }

    /// <summary>
    /// Whether it is the account's password. Without an account or a password the answer is false, after the same time.
    /// An earlier version hashed the password as typed, so that form is accepted, too.
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
