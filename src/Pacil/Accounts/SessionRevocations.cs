using System.Globalization;
using Pacil.Data;

namespace Pacil.Accounts;

/// <summary>
/// Accounts of which a session, a token or everything was revoked: their open streams check their access again. Other
/// processes are notified at once; a stream that misses the notification checks at its next heartbeat.
/// </summary>
internal sealed class SessionRevocations
{
    private const char Sign = '#';

    /// <summary>Of many thousands, few share a number with an account.</summary>
    private readonly int[] shares = new int[256];
    private readonly Database database;
    private readonly Action<long> forget;
    private int total;

    /// <param name="forget">Forgets what is believed of an account.</param>
    public SessionRevocations(Database database, Action<long> forget)
    {
        (this.database, this.forget) = (database, forget);
        database.Received += (_, line) =>
        {
            if (line.StartsWith(Sign) && Number(line.AsSpan(1)) is { } account) Count(account);
        };
    }

    /// <summary>Of that account something has ended, or is other than it was, such as its name.</summary>
    public event Action<long>? Ended;

    /// <summary>Changes before anything is forgotten: what was read before it changed is not to be believed.</summary>
    public int Total => Volatile.Read(ref total);

    /// <summary>Changes when something of the account, or of one of a few others, has ended.</summary>
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
