using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Workspaces;

/// <summary>
/// A user's block of another account. The user is not notified when the blocked account invites, mentions or removes
/// the user, or changes the user's role. The blocked account cannot detect the block: the response to an invitation is
/// the same as for a name without an account.
/// </summary>
[Example("""{"account": 2, "username": "budi", "at": "2026-11-21T08:14:05.120Z"}""")]
internal sealed record Block
{
    public const int Max = 500;

    /// <summary>The id of the blocked account.</summary>
    public required long Account { get; init; }

    public required string Username { get; init; }
    public required DateTime At { get; init; }

    public static async Task<IResult> Handle(CurrentUser user, HttpContext context, Database database) =>
        ApiResponse.Ok(
            await database.Read(connection => Query(connection, user.Id), context.RequestAborted),
            WorkspacesJson.Default.ListBlock);

    public static Task<List<Block>> Query(Connection connection, long account) => connection.Query<Block>(
        """
        select account.id as account, account.username, block.at from block
        join account on account.id = block.blocked_id
        where block.account_id = @Account
        order by block.at desc, account.id desc
        """, new { Account = account });

    /// <summary>
    /// Blocks an account for the author of the write, and withdraws its invitations. Repeating it changes nothing.
    /// </summary>
    /// <returns>Null if done; 404 if there is no such account; 409 at the maximum number of blocks.</returns>
    public static async Task<Problem?> Add(WriteTransaction tx, long account)
    {
        var block = new { Me = tx.Actor.Id, Account = account, tx.Now };
        await Identity.Accounts.Account.LockForUpdate(tx, tx.Actor.Id!.Value);
        if (await tx.First<int>("select 1 from block where account_id = @Me and blocked_id = @Account", block) == 1)
            return null;
        if (await tx.First<int>(
            "select 1 from account where id = @Account and id <> @Me and erased_at is null", block) == 0)
            return Problem.NotFound;
        if (await tx.First<int>(
            $"select 1 from block where account_id = @Me limit 1 offset {Max - 1}", block) == 1)
            return new Problem(StatusCodes.Status409Conflict, "too_many_blocks", Max);
        await tx.Execute("insert into block (account_id, blocked_id, at) values (@Me, @Account, @Now)", block);
        await tx.Execute(
            """
            update invitation set account_id = null
            where account_id = @Me and created_by = @Account and uses_left > 0
            """, block);
        return null;
    }

    public static Task<int> Remove(WriteTransaction tx, long account) => tx.Execute(
        "delete from block where account_id = @Me and blocked_id = @Account",
        new { Me = tx.Actor.Id, Account = account });

    /// <summary>Deletes the blocks by an erased account and the blocks against it.</summary>
    public static Task Erase(WriteTransaction tx, long account) =>
        tx.Execute("delete from block where account_id = @Account or blocked_id = @Account", new { Account = account });
}
