using System.Collections.Concurrent;
using System.Security.Claims;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Tokens;
using Pacil.Web.Hosting;

namespace Pacil.Identity.Sessions;

/// <summary>
/// Finds the user of a session's key or a program's token. Results are cached for a second. A revocation takes effect
/// immediately in this process, and within that second in other processes.
/// </summary>
internal sealed class SessionStore
{
    private const int CachedMax = 10_000;
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromDays(1);

    /// <summary>Only valid keys are cached, so that guessed keys cannot fill the cache.</summary>
    private readonly ConcurrentDictionary<AccessKey, Found> cache = new();

    private readonly Database database;
    private readonly AccountColumns columns;
    private readonly TimeProvider time;
    private readonly TimeSpan lifetime;

    public SessionStore(Database database, AccountColumns columns, TimeProvider time, Settings settings)
    {
        (this.database, this.columns, this.time) = (database, columns, time);
        lifetime = TimeSpan.FromDays(settings.SessionDays);
        LifetimeMax = TimeSpan.FromDays(settings.SessionDaysMax);
        Revocations = new SessionRevocations(database, Reread);
    }

    /// <summary>A session ends this long after sign-in, even if it is in use.</summary>
    public TimeSpan LifetimeMax { get; }

    public SessionRevocations Revocations { get; }

    /// <summary>For a test which checks that guessed keys are not cached.</summary>
    public int CachedCount => cache.Count;

    public ValueTask<ClaimsPrincipal?> Find(AccessKey key, CancellationToken cancellation) =>
        cache.TryGetValue(key, out var found) && IsBelieved(found) ? new(found.User) : Look(key, cancellation);

    /// <summary>Opens a session for a user who has just proved their identity. May delete old sessions.</summary>
    /// <param name="beside">Other writes for the same transaction.</param>
    /// <returns>The key, of which only a hash is stored.</returns>
    public async Task<string> Open(
        Account account, Func<WriteTransaction, Task> beside, CancellationToken cancellation)
    {
        var (key, ended) = await database.Write(new Actor(account.Id, account.Username), async tx =>
        {
            await beside(tx);
            return await OpenSession.Apply(tx, account);
        }, cancellation);
        if (ended > 0) Revoke(account.Id);
        return key;
    }

    /// <summary>Ends the session of the request. Does nothing for a token, which must be revoked instead.</summary>
    public async Task Close(CurrentUser user, CancellationToken cancellation)
    {
        if (user.Key.IsToken) return;
        await database.Write(new Actor(user.Id, user.Username), tx => tx.Execute(
            "delete from session where key_hash = @Hash", new { Hash = user.Key.Hash() }), cancellation);
        Revoke(user.Id);
    }

    /// <summary>Removes the account from all processes' caches. The account's streams recheck their access.</summary>
    public void Revoke(long accountId) => Revocations.Add(accountId);

    /// <summary>Removes the account from this process's cache, after a change that ends no session.</summary>
    public void Reread(long accountId)
    {
        foreach (var (key, found) in cache)
            if (found.Account.Id == accountId) cache.TryRemove(key, out _);
    }

    public Task<int> DeleteExpired(WriteTransaction tx) => tx.Execute(
        "delete from session where seen_at < @Seen or created_at < @Created",
        new { Seen = tx.Now - lifetime, Created = tx.Now - LifetimeMax });

    private bool IsBelieved(Found found) =>
        time.GetElapsedTime(found.At) < Believed
        && (found.Account.ExpiresAt is not { } expires || expires > time.UtcNow());

    private async ValueTask<ClaimsPrincipal?> Look(AccessKey key, CancellationToken cancellation)
    {
        var (at, before) = (time.GetTimestamp(), Revocations.Total);
        var account = key.IsToken
            ? await TokenStore.Find(database, columns, key, time.UtcNow(), cancellation)
            : await FindSession(key, cancellation);
        if (account is null)
        {
            cache.TryRemove(key, out _);
            return null;
        }
        if (cache.Count >= CachedMax) cache.Clear();
        var found = new Found(at, account, new ClaimsPrincipal(account));
        cache[key] = found;
        // A revocation may have arrived after the row was read.
        if (Revocations.Total != before) cache.TryRemove(key, out _);
        return found.User;
    }

    private async Task<CurrentUser?> FindSession(AccessKey key, CancellationToken cancellation)
    {
        var row = await database.Read(connection => connection.First<SessionRow>(
            $"""
            select {columns.Sql}, seen_at, session.created_at as opened_at
            from session
            join account on account.id = session.account_id and account.security_stamp = session.security_stamp
            join feed on feed.id = account.inbox_id
            where key_hash = @Hash and seen_at > @Since
            """, new { Hash = key.Hash(), Since = time.UtcNow() - lifetime }), cancellation);
        if (row is null || row.OpenedAt + LifetimeMax <= time.UtcNow()) return null;
        if (row.SeenAt < time.UtcNow() - SeenEvery) await Touch(key, row, cancellation);
        return new CurrentUser(row, key, database.Epoch) { ExpiresAt = row.OpenedAt + LifetimeMax };
    }

    private Task Touch(AccessKey key, SessionRow row, CancellationToken cancellation) => TryTouch(
        database, row, tx => tx.Execute(
            "update session set seen_at = @Now where key_hash = @Hash", new { tx.Now, Hash = key.Hash() }),
        cancellation);

    /// <summary>Writes the time of the last use. A request that only reads does not fail if this fails.</summary>
    public static async Task TryTouch(
        Database database, AccountRow row, Func<WriteTransaction, Task<int>> touch, CancellationToken cancellation)
    {
        try
        {
            await database.Write(new Actor(row.AccountId, row.Username), touch, cancellation);
        }
        catch (DatabaseUnavailable)
        {
            // The next request writes the time.
        }
    }

    private sealed record Found(long At, CurrentUser Account, ClaimsPrincipal User);

    private sealed record SessionRow : AccountRow
    {
        public required DateTime SeenAt { get; init; }
        public required DateTime OpenedAt { get; init; }
    }
}
