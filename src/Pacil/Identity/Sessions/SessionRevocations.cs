using System.Globalization;
using Pacil.Data;

namespace Pacil.Identity.Sessions;

/// <summary>
/// Announces accounts of which a session, a token or everything was revoked, so that their open streams check their
/// access again. Other processes are notified at once; a stream that misses the notification checks at its next
/// heartbeat.
/// </summary>
internal sealed class SessionRevocations
{
    private const char Sign = '#';

    /// <summary>Counts by account id modulo 256. Few of many thousands of accounts share a count.</summary>
    private readonly int[] shares = new int[256];
    private readonly Database database;
    private readonly Action<long> forget;
    private int total;

    /// <param name="forget">Drops the account from the cache.</param>
    public SessionRevocations(Database database, Action<long> forget)
    {
        (this.database, this.forget) = (database, forget);
        database.Received += (_, line) =>
        {
            if (line.StartsWith(Sign) && Number(line.AsSpan(1)) is { } account) Count(account);
        };
    }

    /// <summary>Something of the account has been revoked, or has changed, such as its name.</summary>
    public event Action<long>? Ended;

    /// <summary>Increases before the cache is cleared: what was read before the increase must not be cached.</summary>
    public int Total => Volatile.Read(ref total);

    /// <summary>Increases with a revocation for this account or one of the few that share its count.</summary>
    public int Of(long account) => Volatile.Read(ref shares[account % shares.Length]);

    public void Add(long account)
    {
        Count(account);
        database.Broadcast(string.Create(CultureInfo.InvariantCulture, $"{Sign}{account}"));
    }

    private static long? Number(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Count(long account)
    {
        Interlocked.Increment(ref total);
        forget(account);
        Ended?.Invoke(account);
        Interlocked.Increment(ref shares[account % shares.Length]);
    }
}
