using Pacil.Data;
using Pacil.Web;

namespace Pacil.Identity.Accounts;

/// <summary>
/// A user's block of another account. The user is not notified when the blocked account invites, mentions or removes
/// the user, or changes the user's role. The blocked account cannot detect the block: the response to an invitation is
/// the same as for a name without an account.
/// </summary>
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
            AccountsJson.Default.ListBlock);

    public static Task<List<Block>> Query(Connection connection, long account) => connection.Query<Block>(
        """
        select account.id as account, account.username, block.at from block
        join account on account.id = block.blocked_id
        where block.account_id = @Account
        order by block.at desc, account.id desc
        """, new { Account = account });

    /// <summary>Deletes the blocks by an erased account and the blocks against it.</summary>
    public static Task Erase(WriteTransaction tx, long account) =>
        tx.Execute("delete from block where account_id = @Account or blocked_id = @Account", new { Account = account });
}
