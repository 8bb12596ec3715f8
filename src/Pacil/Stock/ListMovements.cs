using Pacil.Data;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Stock;

/// <summary>An item's movements, newest first.</summary>
internal static class ListMovements
{
    public static async Task<IResult> Handle(long id, CurrentWorkspace workspace, HttpContext context)
    {
        var page = Paging.Of(context.Request, "-id");
        if (!await workspace.Read(connection => IsThere(connection, workspace, id))) return Problem.NotFound;
        var movements = await workspace.Read(connection => Query(connection, workspace, id, page));
        if (movements.Count > page.Limit)
        {
            movements.RemoveAt(page.Limit);
            Paging.Link(context, new Paging.Position("-id", null, movements[^1].Id));
        }
        return Answer.Ok(movements, StockJson.Default.ListMovement);
    }

    public static async Task<IResult> HandleOne(long id, long movement, CurrentWorkspace workspace)
    {
        var found = await workspace.Read(connection => connection.First<Movement>(
            $"""
            select {Movement.Columns} from movement
            join item on item.id = movement.item_id and item.workspace_id = @Workspace
            join member on member.workspace_id = item.workspace_id and member.account_id = @Account
            where movement.id = @Movement and movement.item_id = @Item
            """, new { Workspace = workspace.Id, workspace.Account, Movement = movement, Item = id }));
        return found is null ? Problem.NotFound : Answer.Ok(found, StockJson.Default.Movement, found.Version);
    }

    /// <summary>One more than the page holds, where there are more.</summary>
    public static Task<List<Movement>> Query(
        Connection connection, CurrentWorkspace workspace, long item, Paging page) =>
        connection.Query<Movement>(
            $"""
            select {Movement.Columns} from movement
            join item on item.id = movement.item_id and item.workspace_id = @Workspace
            join member on member.workspace_id = item.workspace_id and member.account_id = @Account
            where movement.item_id = @Item and movement.id < @Before
            order by movement.id desc
            limit @Limit
            """,
            new
            {
                Workspace = workspace.Id,
                workspace.Account,
                Item = item,
                Before = page.After?.Id ?? long.MaxValue,
                Limit = page.Limit + 1,
            });

    private static async Task<bool> IsThere(Connection connection, CurrentWorkspace workspace, long item) =>
        await connection.First<int>(
            """
            select 1 from item join member on member.workspace_id = item.workspace_id and member.account_id = @Account
            where item.id = @Item and item.workspace_id = @Workspace
            """, new { workspace.Account, Item = item, Workspace = workspace.Id }) == 1;
}
