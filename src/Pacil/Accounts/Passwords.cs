using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// Checks passwords, two at a time: hashing one is made to be slow (PBKDF2-HMAC-SHA512, and if nothing else is said
/// 210,000 rounds, OWASP's figure of 2023), and must not take every core from everybody else. Never inside a write.
/// </summary>
internal sealed class Passwords : IDisposable
{
    private const int AtOnce = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PasswordHasher<Account> hasher;
    private readonly SemaphoreSlim places = new(AtOnce);

    /// <summary>What an unknown name is checked against, so that it takes as long as a known one.</summary>
    private readonly Task<string> nobody;

    public Passwords(Settings settings)
    {
        hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = settings.PasswordRounds }));
        nobody = Task.Run(() => hasher.HashPassword(new Account(), Guid.NewGuid().ToString()));
    }

    public Task<string> Hash(Account account, string password, CancellationToken cancellation) =>
        InTurn(() => hasher.HashPassword(account, password), cancellation);

    /// <summary>Whether it is the account's password; where there is none, false, after the same time.</summary>
    public async Task<bool> IsRight(Account? account, string password, CancellationToken cancellation)
    {
        var hash = account is { PasswordHash.Length: > 0 } known ? known.PasswordHash : await nobody;
        var verified = await InTurn(
            () => hasher.VerifyHashedPassword(account ?? new Account(), hash, password), cancellation);
        return account is { PasswordHash.Length: > 0 } && verified != PasswordVerificationResult.Failed;
    }

    public void Dispose() => places.Dispose();

    /// <exception cref="RefusedException">503: too many wait.</exception>
    private async Task<T> InTurn<T>(Func<T> work, CancellationToken cancellation)
    {
        if (!await places.WaitAsync(Patience, cancellation))
            throw new RefusedException(Problems.Of(StatusCodes.Status503ServiceUnavailable));
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            places.Release();
        }
    }
}
