using Pacil.Data;
using Pacil.Log;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>Lists the messages of a room, newest first.</summary>
internal static class ListMessages
{
    private const string Sort = "-id";

    public static async Task<IResult> Handle(CurrentWorkspace workspace, RoomReference name, HttpContext context)
    {
        var page = Page(context.Request);
        if (await workspace.Read(connection => Query(connection, workspace, name, page)) is not { } found)
            return Problem.NotFound;
        found.Announce(context);
        return ApiResponse.Ok(found.Rows, ChatJson.Default.ListMessage);
    }

    public static async Task<IResult> HandleOne(
        long id, CurrentWorkspace workspace, RoomReference name, HttpContext context)
    {
        var message = await workspace.Read(
            connection => Message.Find(connection, workspace.Id, workspace.Account, name, id));
        return message is null
            ? Problem.NotFound
            : ApiResponse.One(context, message, ChatJson.Default.Message, message.Version);
    }

    public static Paging Page(HttpRequest request) => Paging.Of(request, Sort);

    /// <summary>
    /// Reads the messages and the number of the feed's latest entry in one SQL statement, so that they match.
    /// </summary>
    /// <returns>
    /// Null if there is no such room or item, or if the caller is not a member. For an item without messages, the page
    /// is empty.
    /// </returns>
    public static async Task<Snapshot<Message>?> Query(
        Connection connection, CurrentWorkspace workspace, RoomReference room, Paging page)
    {
        var found = await connection.Query<FeedHead, Message>(
            $"""
            select {FeedHead.Columns}, said.*
            from member
            join feed on feed.id = member.workspace_id
            {(room.Item is null
                ? $"join room on room.workspace_id = member.workspace_id and {room.Chosen}"
                : "join item on item.workspace_id = member.workspace_id and item.id = @Item")}
            left join (
              select {Message.Columns} from room
              join message on message.room_id = room.id
              join account on account.id = message.created_by
              where room.workspace_id = @Workspace and {room.Chosen} and message.id < @Before
              order by message.id desc
              limit @Limit
            ) said on true
            where member.workspace_id = @Workspace and member.account_id = @Account
            order by said.id desc
            """,
            new
            {
                Workspace = workspace.Id,
                workspace.Account,
                room.Id,
                room.Item,
                Before = page.After?.Id ?? long.MaxValue,
                Limit = page.Limit + 1,
            });
        return Snapshot<Message>.Of(found, page, last => new(Sort, null, last.Id));
    }
}
