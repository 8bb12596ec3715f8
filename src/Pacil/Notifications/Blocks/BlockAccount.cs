using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Workspaces;

namespace Pacil.Notifications.Blocks;

/// <summary>Blocks or unblocks an account. Repeating a request changes nothing.</summary>
internal static class BlockAccount
{
    public static RequestWrite Put(long account, CurrentUser user, HttpContext context) =>
        user.Write(context, null, async tx =>
            await Apply(tx, account) ?? (Result<ApiResponse>)ApiResponse.NoContent);

    public static RequestWrite Remove(long account, CurrentUser user, HttpContext context) =>
        user.Write(context, null, async tx =>
        {
            await Block.Remove(tx, account);
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
    private static async Task<Problem?> Apply(WriteTransaction tx, long account) =>
        await IsKnown(tx, account) ? await Block.Add(tx, account) : Problem.NotFound;

    private static async Task<bool> IsKnown(WriteTransaction tx, long account) => await tx.First<int>(
        """
        select 1 from account
        where id = @Account and (
          exists (
            select 1 from member mine
            join member theirs on theirs.workspace_id = mine.workspace_id and theirs.account_id = @Account
            where mine.account_id = @Me)
          or exists (select 1 from invitation where account_id = @Me and created_by = @Account)
          or exists (select 1 from notification where account_id = @Me and actor_id = @Account)
          or exists (select 1 from block where account_id = @Me and blocked_id = @Account))
        """, new { Me = tx.Actor.Id, Account = account }) == 1;
}
