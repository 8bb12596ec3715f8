using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Items.Events;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Items;

/// <summary>
/// Adds or removes the user's star on an item. If the star is already as requested, nothing is written. The entry is
/// recorded in the user's inbox, so only the other open pages and devices of this user receive it.
/// </summary>
internal static class StarItem
{
    public static RequestWrite Put(long id, CurrentWorkspace workspace, CurrentUser user) =>
        Handle(id, workspace, user, isStarred: true);

    public static RequestWrite Remove(long id, CurrentWorkspace workspace, CurrentUser user) =>
        Handle(id, workspace, user, isStarred: false);

    public static RequestWrite Handle(
        long id, CurrentWorkspace workspace, CurrentUser user, bool isStarred) =>
        workspace.Write(Role.Viewer, null, async tx =>
            (await Apply(tx, workspace.Id, id, user.InboxId, isStarred)).Then(star =>
                ApiResponse.Ok(star, ItemsJson.Default.Star)), allowClosed: true);

    public static async Task<Result<Star>> Apply(
        WriteTransaction tx, long workspace, long item, long inbox, bool isStarred)
    {
        var star = new { Account = tx.Actor.Id, Workspace = workspace, Item = item };
        if (await tx.First<long>("select id from item where id = @Item and workspace_id = @Workspace", star) == 0)
            return Problem.NotFound;
        if (await (isStarred ? Add(tx, star) : Delete(tx, star)) == 0) return new Star(item, isStarred);
        if (isStarred && await IsTooMany(tx, star))
            return new Problem(StatusCodes.Status409Conflict, "too_many_stars", Star.Max);
        tx.Record(inbox, item, 1, isStarred ? new ItemStarred(workspace) : new ItemUnstarred(workspace));
        return new Star(item, isStarred);
    }

    public static Task Erase(WriteTransaction tx, long account) =>
        tx.Execute("delete from star where account_id = @Account", new { Account = account });

    private static Task<int> Add(WriteTransaction tx, object star) => tx.Execute(
        """
        insert into star (account_id, workspace_id, item_id) values (@Account, @Workspace, @Item)
        on conflict do nothing
        """, star);

    private static Task<int> Delete(WriteTransaction tx, object star) => tx.Execute(
        "delete from star where account_id = @Account and workspace_id = @Workspace and item_id = @Item", star);

    private static async Task<bool> IsTooMany(WriteTransaction tx, object star)
    {
        await Account.LockForUpdate(tx, tx.Actor.Id!.Value);
        return await tx.First<int>(
            $"""
            select 1 from star where account_id = @Account and workspace_id = @Workspace
            limit 1 offset {Star.Max}
            """, star) == 1;
    }
}
