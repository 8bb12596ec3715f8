using Pacil.Data;
using Pacil.Data.Folding;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>Lists the open rooms of a workspace, or the archived ones (<c>archived=true</c>), oldest first.</summary>
internal static class ListRooms
{
    private const string Sort = "id";

    public static readonly Parameter[] Asked =
        [Parameter.Flag("archived", "Those that are archived, in place of the others."), .. Paging.Asked];

    public static async Task<IResult> Handle(CurrentWorkspace workspace, HttpContext context)
    {
        var (page, isArchived) = (Paging.Of(context.Request, Sort), context.Request.Flag("archived"));
        var found = await workspace.Read(connection => Query(connection, workspace, page, isArchived));
        if (found is null) return Problem.NotFound;
        found.Announce(context);
        return ApiResponse.Ok(found.Rows, ChatJson.Default.ListRoom);
    }

    public static async Task<IResult> HandleOne(CurrentWorkspace workspace, RoomReference name)
    {
        var found = await workspace.Read(
            connection => Room.Find(connection, workspace.Id, workspace.Account, name));
        // The unread count can change without a new version. So the response is never 304 Not Modified.
        return found is null ? Problem.NotFound : ApiResponse.Ok(found, ChatJson.Default.Room, found.Version);
    }

    /// <summary>
    /// The rooms on the chat page: either the open rooms (the lobby first, the others by name), or the rooms of the
    /// most recently discussed items.
    /// </summary>
    public static async Task<List<Room>> ForPage(
        Connection connection, CurrentWorkspace workspace, bool isAboutItems, int limit)
    {
        var rooms = await connection.Query<Room>(
            $"""
            select {Room.Columns} from {Room.Source}
            where me.workspace_id = @Workspace and me.account_id = @Account and room.archived_at is null
              and room.item_id is {(isAboutItems ? "not null" : "null")}
            order by {(isAboutItems ? "room.latest desc" : "room.id")}
            limit @Limit
            """, new { Workspace = workspace.Id, workspace.Account, Limit = limit });
        return isAboutItems ? rooms
            : [.. rooms.OrderByDescending(room => room.Lobby)
                .ThenBy(room => TextFolding.SortKey(room.Name), TextFolding.Order)];
    }

    /// <returns>Null if the caller is not a member.</returns>
    private static async Task<Snapshot<Room>?> Query(
        Connection connection, CurrentWorkspace workspace, Paging page, bool isArchived)
    {
        var found = await connection.Query<FeedHead, Room>(
            $"""
            select {FeedHead.Columns}, listed.*
            from member
            join feed on feed.id = member.workspace_id
            left join (
              select {Room.Columns} from {Room.Source}
              where me.workspace_id = @Workspace and me.account_id = @Account and room.id > @After
                and room.archived_at is {(isArchived ? "not null" : "null")}
              order by room.id
              limit @Limit
            ) listed on true
            where member.workspace_id = @Workspace and member.account_id = @Account
            order by listed.id
            """,
            new
            {
                Workspace = workspace.Id,
                workspace.Account,
                After = page.After?.Id ?? 0,
                Limit = page.Limit + 1,
            });
        return Snapshot<Room>.Of(found, page, last => new(Sort, null, last.Id));
    }
}
