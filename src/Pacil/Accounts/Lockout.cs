using System.Security.Cryptography;
using System.Text;
using Pacil.Data;

namespace Pacil.Accounts;

/// <summary>
/// Slows guessing down. A try is counted before the password is looked at, so that sixty tries at once are sixty;
/// it is counted by the name (taken or not: the answer must not tell) and by the address.
/// </summary>
internal static class Lockout
{
    private const int TriesPerName = 5;
    private const int TriesPerAddress = 100;
    private static readonly TimeSpan DelayMin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DelayMax = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    /// <summary>Counts a try.</summary>
    /// <returns>How long to wait before it may be made; null: now.</returns>
    public static async Task<TimeSpan?> Count(WriteTransaction tx, string name, string address) =>
        await Count(tx, NameKey(name), TriesPerName) ?? await Count(tx, Key("address", address), TriesPerAddress);

    /// <summary>The name's owner has signed in: the tries before were slips.</summary>
    public static Task<int> Clear(WriteTransaction tx, string name) =>
        tx.Execute("delete from sign_in_failure where key = @Key", new { Key = NameKey(name) });

    /// <summary>A try was right: it speaks not against the address, which many may share.</summary>
    public static Task<int> TakeBack(WriteTransaction tx, string address) => tx.Execute(
        $"""
        update sign_in_failure
        set count = count - 1, locked_until = case when count > {TriesPerAddress} then locked_until else last_at end
        where key = @Key and count > 0
        """, new { Key = Key("address", address) });

    /// <summary>Strangers can make rows by trying names; what is old goes.</summary>
    public static Task<int> Forget(WriteTransaction tx) =>
        tx.Execute("delete from sign_in_failure where last_at < @Before", new { Before = tx.Now - Forgotten });

    private static async Task<TimeSpan?> Count(WriteTransaction tx, byte[] key, int tries)
    {
        var row = await tx.First<Row>(
            """
            insert into sign_in_failure (key, count, last_at, locked_until) values (@Key, 1, @Now, @Now)
            on conflict (key) do update set
              count = case
                when sign_in_failure.locked_until > @Now then sign_in_failure.count
                when sign_in_failure.last_at < @Forgotten then 1
                else sign_in_failure.count + 1 end,
              last_at = case
                when sign_in_failure.locked_until > @Now then sign_in_failure.last_at else @Now end
            returning count, locked_until
            """, new { Key = key, tx.Now, Forgotten = tx.Now - Forgotten });
        if (row!.LockedUntil > tx.Now) return row.LockedUntil - tx.Now;
        if (row.Count >= tries)
            await tx.Execute(
                "update sign_in_failure set locked_until = @Until where key = @Key",
                new { Key = key, Until = tx.Now + Delay(row.Count - tries) });
        return null;
    }

    private static TimeSpan Delay(int beyond) =>
        beyond > 10 ? DelayMax : TimeSpan.FromTicks(Math.Min(DelayMax.Ticks, DelayMin.Ticks << beyond));

    private static byte[] NameKey(string name) => Key("name", Account.Key(name));

    private static byte[] Key(string kind, string value) => SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{value}"));

    private sealed record Row
    {
        public required int Count { get; init; }
        public required DateTime LockedUntil { get; init; }
    }
}
