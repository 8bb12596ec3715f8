using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// Hashes and checks passwords, in turn: PBKDF2-HMAC-SHA512, and if nothing else is said 210,000 rounds, OWASP's figure
/// of 2023. Never inside a write.
/// </summary>
internal sealed class Passwords
{
    private readonly HashTurns turns;
    private readonly PasswordHasher<Account> hasher;

    /// <summary>What an unknown name is checked against, so that it takes as long as a known one.</summary>
    private readonly Task<string> nobody;

    public Passwords(Settings settings, HashTurns turns)
    {
        this.turns = turns;
        hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = settings.PasswordRounds }));
        nobody = Task.Run(() => hasher.HashPassword(new Account(), Guid.NewGuid().ToString()));
    }

    /// <summary>
    /// One text for what one means to type: a keyboard writes é as one character, another as e and an accent, and some
    /// write a no-break space (RFC 8265, OpaqueString).
    /// </summary>
    public static string Normal(string password) => string.Concat(password
        .Normalize(NormalizationForm.FormC)
        .Select(c => char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator ? ' ' : c));

    /// <exception cref="ProblemException">429, 503: as <see cref="HashTurns.Enter"/> says.</exception>
    public async Task<string> Hash(
        HashRequester requester, Account account, string password, CancellationToken cancellation)
    {
        using var place = turns.Enter(requester);
        return await turns.Run(place, () => hasher.HashPassword(account, Normal(password)), cancellation);
    }

    /// <summary>
    /// Whether it is the account's password; where there is none, false, after the same time. One that was hashed as it
    /// was typed, by an earlier version, opens the account as well.
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
