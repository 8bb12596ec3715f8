using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;

namespace Pacil.Identity.Tokens;

/// <summary>Finds a token's account for <see cref="SessionStore"/>, and stores when the token was last used.</summary>
internal static class TokenStore
{
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KeptExpired = TimeSpan.FromDays(30);

    /// <summary>
    /// Null if the token is unknown, revoked or expired, or if the account has a new security stamp.
    /// </summary>
    public static async Task<CurrentUser?> Find(
        Database database, AccountColumns columns, AccessKey key, DateTime now, CancellationToken cancellation)
    {
        var row = await database.Read(
            connection => connection.First<TokenRow>(
                $"""
                select {columns.Sql}, api_token.id, scope, expires_at, last_used_at
                from api_token
                join account on account.id = api_token.account_id
                  and account.security_stamp = api_token.security_stamp
                join feed on feed.id = account.inbox_id
                where secret_hash = @Hash and (expires_at is null or expires_at > @Now)
                """, new { Hash = key.Hash(), Now = now }),
            cancellation);
        if (row is null) return null;
        if (row.LastUsedAt is null || row.LastUsedAt < now - UsedEvery) await Touch(database, row, cancellation);
        return new CurrentUser(row, key, database.Epoch)
        {
            IsReadOnly = row.Scope == Scope.Read,
            HasAdminScope = row.Scope == Scope.Admin,
            ExpiresAt = row.ExpiresAt,
        };
    }

    /// <summary>Deletes tokens that a new security stamp has made invalid, and tokens that expired long ago.</summary>
    public static Task<int> DeleteExpired(WriteTransaction tx) => tx.Execute(
        """
        delete from api_token
        where expires_at < @Before
            or not exists (
                select 1 from account
                where account.id = api_token.account_id and account.security_stamp = api_token.security_stamp)
        """, new { Before = tx.Now - KeptExpired });

    private static Task Touch(Database database, TokenRow row, CancellationToken cancellation) => SessionStore.TryTouch(
        database, row,
        tx => tx.Execute("update api_token set last_used_at = @Now where id = @Id", new { tx.Now, row.Id }),
        cancellation);

    private sealed record TokenRow : AccountRow
    {
        public required long Id { get; init; }
        public required string Scope { get; init; }
        public required DateTime? ExpiresAt { get; init; }
        public required DateTime? LastUsedAt { get; init; }
    }
}
