using Pacil.Data;
using Pacil.Log;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Items.Stock;

/// <summary>Lists an item's movements, newest first.</summary>
internal static class ListMovements
{
    private const string Sort = "-id";

    public static async Task<IResult> Handle(long id, CurrentWorkspace workspace, HttpContext context)
    {
        var page = Paging.Of(context.Request, Sort);
        if (await workspace.Read(connection => Query(connection, workspace, id, page)) is not { } found)
            return Problem.NotFound;
        found.Announce(context);
        return ApiResponse.Ok(found.Rows, StockJson.Default.ListMovement);
    }

    public static async Task<IResult> HandleOne(
        long id, long movement, CurrentWorkspace workspace, HttpContext context)
    {
        var found = await workspace.Read(connection => connection.First<Movement>(
            $"""
            select {Movement.Columns} from movement
            join item on item.id = movement.item_id and item.workspace_id = @Workspace
            join member on member.workspace_id = item.workspace_id and member.account_id = @Account
            where movement.id = @Movement and movement.item_id = @Item
            """, new { Workspace = workspace.Id, workspace.Account, Movement = movement, Item = id }));
        return found is null
            ? Problem.NotFound
            : ApiResponse.One(context, found, StockJson.Default.Movement, found.Version);
    }

    /// <returns>Null if there is no such item or the caller is not a member.</returns>
    private static async Task<Snapshot<Movement>?> Query(
        Connection connection, CurrentWorkspace workspace, long item, Paging page)
    {
        var found = await connection.Query<FeedHead, Movement>(
            $"""
            select {FeedHead.Columns}, listed.*
            from member
            join feed on feed.id = member.workspace_id
            join item on item.workspace_id = member.workspace_id and item.id = @Item
            left join (
              select {Movement.Columns} from movement
              where movement.item_id = @Item and movement.id < @Before
              order by movement.id desc
              limit @Limit
            ) listed on true
            where member.workspace_id = @Workspace and member.account_id = @Account
            order by listed.id desc
            """,
            new
            {
                Workspace = workspace.Id,
                workspace.Account,
                Item = item,
                Before = page.After?.Id ?? long.MaxValue,
                Limit = page.Limit + 1,
            });
        return Snapshot<Movement>.Of(found, page, last => new(Sort, null, last.Id));
    }
}
