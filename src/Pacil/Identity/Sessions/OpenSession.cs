using Pacil.Data;
using Pacil.Identity.Accounts;

namespace Pacil.Identity.Sessions;

/// <summary>Creates a session. Beyond the limit, the account's least recently used sessions are deleted.</summary>
internal static class OpenSession
{
    private const int CountMax = 100;

    /// <returns>The key, of which only a hash is stored, and the number of deleted sessions.</returns>
    public static async Task<(string Key, int Ended)> Apply(WriteTransaction tx, Account account)
    {
        var key = new AccessKey(AccessKey.Random(), IsToken: false);
        await tx.Execute(
            """
            insert into session (key_hash, account_id, security_stamp, created_at, seen_at)
            values (@Hash, @Id, @SecurityStamp, @Now, @Now)
            """, new { Hash = key.Hash(), account.Id, account.SecurityStamp, tx.Now });
        var ended = await tx.Execute(
            """
            delete from session where account_id = @Id and seen_at <= (
              select seen_at from session where account_id = @Id order by seen_at desc limit 1 offset @Max)
            """, new { account.Id, Max = CountMax });
        return (key.Text, ended);
    }
}
