using Pacil.Data;
using Pacil.Streaming.Presence;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Items;

internal static class ReadItem
{
    /// <summary>Lets presence show who views an item (<c>item:9</c>). Includes archived items.</summary>
    public static readonly PresenceLocationKind Place = new("item", (connection, workspace, ids) =>
        connection.Query<long>(
        $"""
        select id from item where workspace_id = @Workspace and id {connection.Dialect.Among("@Ids")}
        """, new { Workspace = workspace, Ids = connection.Dialect.List(ids) }));

    public static async Task<IResult> Handle(long id, CurrentWorkspace workspace, HttpContext context)
    {
        var item = await workspace.Read(connection => Query(connection, workspace, id));
        return item is null ? Problem.NotFound : ApiResponse.One(context, item, ItemsJson.Default.Item, item.Version);
    }

    public static Task<Item?> Query(Connection connection, CurrentWorkspace workspace, long id) => connection.First(
        $"""
        select {Item.Columns} from item
        join member on member.workspace_id = item.workspace_id and member.account_id = @Account
        where item.id = @Id and item.workspace_id = @Workspace
        """, [("Account", workspace.Account), ("Id", id), ("Workspace", workspace.Id)],
        static row => Item.Read(row, 0));
}
