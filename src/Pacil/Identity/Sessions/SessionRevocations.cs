using System.Text.Json;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;

namespace Pacil.Identity.Sessions;

/// <summary>
/// Announces that sessions or tokens of an account were revoked, so that the account's open streams check their access
/// again. Other processes are notified immediately. A stream that misses the notification checks its access at its next
/// heartbeat.
/// </summary>
internal sealed class SessionRevocations
{
    /// <summary>
    /// The message to the other processes, such as <c>{"revoked":7}</c>. Messages of other kinds do not contain
    /// <c>revoked</c>.
    /// </summary>
    internal sealed record Message(long? Revoked);

    /// <summary>Revocation counters by account id modulo 256, so a few accounts share each counter.</summary>
    private readonly int[] shares = new int[256];
    private readonly Database database;
    private readonly Action<long> forget;
    private int total;

    /// <param name="forget">Removes the account from the session cache.</param>
    public SessionRevocations(Database database, Action<long> forget)
    {
        (this.database, this.forget) = (database, forget);
        database.Received += (_, line) =>
        {
            if (Json.Read(line, AccountsJson.Default.Message) is { Revoked: > 0 and var account }) Count(account);
        };
    }

    /// <summary>Raised after a revocation, and after a change of the account, such as a new name.</summary>
    public event Action<long>? Ended;

    /// <summary>
    /// Goes up with every revocation, before the account is removed from the cache. If this number goes up during a
    /// lookup, the result of the lookup is not cached.
    /// </summary>
    public int Total => Volatile.Read(ref total);

    /// <summary>Goes up with every revocation for this account, and for the accounts that share its counter.</summary>
    public int Of(long account) => Volatile.Read(ref shares[account % shares.Length]);

    public void Add(long account)
    {
        Count(account);
        database.Broadcast(JsonSerializer.Serialize(new Message(account), AccountsJson.Default.Message));
    }

    private void Count(long account)
    {
        Interlocked.Increment(ref total);
        forget(account);
        Ended?.Invoke(account);
        Interlocked.Increment(ref shares[account % shares.Length]);
    }
}
