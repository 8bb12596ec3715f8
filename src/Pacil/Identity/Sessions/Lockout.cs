using Pacil.Data;

namespace Pacil.Identity.Sessions;

/// <summary>
/// Slows down password guessing. Attempts are counted before the password is checked, so that sixty concurrent attempts
/// count as sixty. For each user name, every known device and every subnet has its own counter, so that nobody can lock
/// other people out of their accounts. Each IP address also has one counter for all attempts from unknown devices. The
/// table has a row limit: above the limit, the oldest rows are deleted.
/// </summary>
internal sealed class Lockout
{
    public const int RowsMax = 100_000;
    private const int TrimEvery = 1000;
    private const int TriesPerName = 5;
    private const int TriesPerAddress = 100;
    private static readonly TimeSpan DelayMin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DelayMax = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    /// <summary>The maximum difference between the clocks of several processes.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private int tries;

    /// <returns>The time to wait before the next attempt; null if this attempt is allowed.</returns>
    public async Task<TimeSpan?> Count(WriteTransaction tx, SignInAttempt tried)
    {
        if (Interlocked.Increment(ref tries) % TrimEvery == 0) await DeleteExpired(tx);
        return await Count(tx, tried.ByName, TriesPerName)
            ?? (tried.ByAddress is { } address ? await Count(tx, address, TriesPerAddress) : null);
    }

    /// <summary>
    /// Called after a correct password. Deletes the name's counter for the device or subnet: earlier attempts were
    /// typing errors. Subtracts only this attempt from the IP address's counter, because many people may share the
    /// address.
    /// </summary>
    public static async Task<int> Forgive(WriteTransaction tx, SignInAttempt tried)
    {
        var forgiven = await tx.Execute("delete from sign_in_failure where key = @ByName", new { tried.ByName });
        if (tried.ByAddress is null) return forgiven;
        return forgiven + await tx.Execute(
            $"""
            update sign_in_failure
            set count = count - 1, locked_until = case when count > {TriesPerAddress} then locked_until else last_at end
            where key = @ByAddress and count > 0
            """, new { tried.ByAddress });
    }

    /// <summary>Deletes all counters of the name.</summary>
    public static Task<int> Clear(WriteTransaction tx, string name)
    {
        var (from, to) = SignInAttempt.Named(name);
        return tx.Execute(
            "delete from sign_in_failure where key >= @From and key <= @To", new { From = from, To = to });
    }

    /// <summary>
    /// Deletes old rows, rows whose time is far in the future because a clock was wrong, and the oldest rows beyond the
    /// limit. The table needs a limit because strangers can create rows by trying names.
    /// </summary>
    public static Task<int> DeleteExpired(WriteTransaction tx) => tx.Execute(
        $"""
        delete from sign_in_failure
        where last_at < @Before or last_at > @After
          or last_at < (select last_at from sign_in_failure order by last_at desc limit 1 offset {RowsMax})
        """, new { Before = tx.Now - Forgotten, After = tx.Now + Forgotten });

    /// <summary>
    /// Counts an attempt in one counter. Ignores a lock that begins in the future: the clock of the process that set
    /// the lock was ahead.
    /// </summary>
    private static async Task<TimeSpan?> Count(WriteTransaction tx, byte[] key, int tries)
    {
        const string IsLocked =
            "sign_in_failure.locked_until > @Now and sign_in_failure.last_at <= @Latest";
        var row = await tx.First<Row>(
            $"""
            insert into sign_in_failure (key, count, last_at, locked_until) values (@Key, 1, @Now, @Now)
            on conflict (key) do update set
              count = case
                when {IsLocked} then sign_in_failure.count
                when sign_in_failure.last_at < @Forgotten then 1
                else sign_in_failure.count + 1 end,
              locked_until = case when {IsLocked} then sign_in_failure.locked_until else @Now end,
              last_at = case when {IsLocked} then sign_in_failure.last_at else @Now end
            returning count, locked_until
            """, new { Key = key, tx.Now, Latest = tx.Now + Skew, Forgotten = tx.Now - Forgotten });
        var delay = Delay(row!.Count - tries);
        if (row.LockedUntil > tx.Now)
            return TimeSpan.FromTicks(Math.Min((row.LockedUntil - tx.Now).Ticks, delay.Ticks));
        if (row.Count >= tries)
            await tx.Execute(
                "update sign_in_failure set locked_until = @Until where key = @Key",
                new { Key = key, Until = tx.Now + delay });
        return null;
    }

    private static TimeSpan Delay(int beyond) =>
        beyond > 10 ? DelayMax : TimeSpan.FromTicks(Math.Min(DelayMax.Ticks, DelayMin.Ticks << Math.Max(beyond, 0)));

    private sealed record Row
    {
        public required int Count { get; init; }
        public required DateTime LockedUntil { get; init; }
    }
}
