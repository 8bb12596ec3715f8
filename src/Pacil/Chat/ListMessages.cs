using Pacil.Data;
using Pacil.Feed;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>What was said in a room, newest first.</summary>
internal static class ListMessages
{
    private const string Sort = "-id";

    public static async Task<IResult> Handle(
        CurrentWorkspace workspace, RoomName name, HttpContext context, Database database)
    {
        var page = Page(context.Request);
        if (await workspace.Read(connection => Query(connection, workspace, name, page)) is not { } found)
            return Problem.NotFound;
        if (found.Next is not null) Paging.Link(context, found.Next);
        context.Response.Headers[FeedCursor.Header] = found.Cursor(database, workspace);
        return Answer.Ok(found.Messages, ChatJson.Default.ListMessage);
    }

    public static async Task<IResult> HandleOne(long id, CurrentWorkspace workspace, RoomName name, HttpContext context)
    {
        var message = await workspace.Read(
            connection => Message.Find(connection, workspace.Id, workspace.Account, name, id));
        if (message is null) return Problem.NotFound;
        var etag = Versions.ETag(message.Version);
        if (!Versions.IsKnown(context.Request, etag))
            return Answer.Ok(message, ChatJson.Default.Message, message.Version);
        context.Response.Headers.ETag = etag;
        return TypedResults.StatusCode(StatusCodes.Status304NotModified);
    }

    public static Paging Page(HttpRequest request) => Paging.Of(request, Sort);

    /// <summary>The page and the position of the feed it shows, from one statement.</summary>
    /// <returns>Null where there is no such room; of an item nobody has spoken of, an empty page.</returns>
    public static async Task<MessagePage?> Query(
        Connection connection, CurrentWorkspace workspace, RoomName room, Paging page)
    {
        var rows = await connection.Query<MessagePage.Row>(
            $"""
            select feed.head as feed_head, feed.mark as feed_mark, said.*
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
        return rows.Count == 0 ? null : MessagePage.Of(rows, page, Sort);
    }
}

/// <summary>A page of what was said.</summary>
/// <param name="Next">Where it ends, if there is more.</param>
/// <param name="Head">The feed's latest entry when it was read.</param>
/// <param name="Mark">That entry's mark.</param>
internal sealed record MessagePage(List<Message> Messages, Paging.Position? Next, long Head, int Mark)
{
    public static MessagePage Of(List<Row> rows, Paging page, string sort)
    {
        var next = rows.Count > page.Limit ? new Paging.Position(sort, null, rows[page.Limit - 1].Id) : null;
        return new MessagePage(
            [.. rows.Where(row => row.Id > 0).Take(page.Limit)], next, rows[0].FeedHead, rows[0].FeedMark);
    }

    /// <summary>From where to follow on.</summary>
    public string Cursor(Database database, CurrentWorkspace workspace) =>
        FeedCursor.At(database.Epoch, workspace.Id, Head, Mark);

    /// <summary>A message beside the position of its feed; where there is none, that position alone.</summary>
    internal sealed record Row : Message
    {
        public required long FeedHead { get; init; }
        public required int FeedMark { get; init; }
    }
}
