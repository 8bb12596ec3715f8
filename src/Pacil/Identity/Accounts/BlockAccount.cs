using Pacil.Data;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Requests;

namespace Pacil.Identity.Accounts;

/// <summary>Blocks or unblocks an account. Repeating a request changes nothing.</summary>
internal static class BlockAccount
{
    public static RequestWrite Put(long account, CurrentUser user, HttpContext context) =>
        user.Write(context, null, async tx =>
            await Apply(tx, account) ?? (Result<ApiResponse>)ApiResponse.NoContent);

    public static RequestWrite Remove(long account, CurrentUser user, HttpContext context) =>
        user.Write(context, null, async tx =>
        {
            await tx.Execute(
                "delete from block where account_id = @Me and blocked_id = @Account",
                new { Me = user.Id, Account = account });
            return ApiResponse.NoContent;
        });

    public static async Task<IResult> HandleRemoveForm(
        long account, CurrentUser user, HttpContext context, FormRedirect redirect) =>
        redirect.Done(await Remove(account, user, context).Run(), "settings.blocks.removed", "/settings");

    /// <summary>
    /// Blocks an account that shares a workspace with the user, or has invited or notified the user. Other accounts
    /// cannot be blocked, because the list of blocks would reveal their names.
    /// </summary>
    /// <returns>Null if done; 404 if the user cannot block the account; 409 at the maximum number of blocks.</returns>
    public static async Task<Problem?> Apply(WriteTransaction tx, long account)
    {
        var block = new { Me = tx.Actor.Id, Account = account, tx.Now };
        await Account.LockForUpdate(tx, tx.Actor.Id!.Value);
        if (await tx.First<int>("select 1 from block where account_id = @Me and blocked_id = @Account", block) == 1)
            return null;
        if (await tx.First<int>(
            """
            select 1 from account
            where id = @Account and id <> @Me and erased_at is null and (
              exists (
                select 1 from member mine
                join member theirs on theirs.workspace_id = mine.workspace_id and theirs.account_id = @Account
                where mine.account_id = @Me)
              or exists (select 1 from invitation where account_id = @Me and created_by = @Account)
              or exists (select 1 from notification where account_id = @Me and actor_id = @Account))
            """, block) == 0)
            return Problem.NotFound;
        if (await tx.First<int>(
            $"select 1 from block where account_id = @Me limit 1 offset {Block.Max - 1}", block) == 1)
            return new Problem(StatusCodes.Status409Conflict, "too_many_blocks", Block.Max);
        await tx.Execute("insert into block (account_id, blocked_id, at) values (@Me, @Account, @Now)", block);
        await tx.Execute(
            """
            update invitation set account_id = null
            where account_id = @Me and created_by = @Account and uses_left > 0
            """, block);
        return null;
    }
}
