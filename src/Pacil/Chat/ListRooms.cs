using Pacil.Data;
using Pacil.Feed;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>The rooms of a workspace, oldest first; with <c>archived=true</c> those that are archived.</summary>
internal static class ListRooms
{
    public static async Task<IResult> Handle(CurrentWorkspace workspace, HttpContext context, Database database)
    {
        var (page, isArchived) = (Paging.Of(context.Request, "id"), context.Request.Flag("archived"));
        var rows = await workspace.Read(connection => Query(connection, workspace, page, isArchived));
        if (rows.Count == 0) return Problem.NotFound;
        if (rows.Count > page.Limit)
        {
            rows.RemoveAt(page.Limit);
            Paging.Link(context, new Paging.Position("id", null, rows[^1].Id));
        }
        context.Response.Headers[FeedCursor.Header] =
            FeedCursor.At(database.Epoch, workspace.Id, rows[0].FeedHead, rows[0].FeedMark);
        return Answer.Ok([.. rows.Where(row => row.Id > 0)], ChatJson.Default.ListRoom);
    }

    public static async Task<IResult> HandleOne(CurrentWorkspace workspace, RoomName name)
    {
        var found = await workspace.Read(
            connection => Room.Find(connection, workspace.Id, workspace.Account, name));
        // How much is unread changes without the version, so nobody is told that they know it already.
        return found is null ? Problem.NotFound : Answer.Ok(found, ChatJson.Default.Room, found.Version);
    }

    /// <summary>What the page lists: the open rooms by name, the lobby first; or the items last spoken of.</summary>
    public static Task<List<Room>> ForPage(
        Connection connection, CurrentWorkspace workspace, bool isAboutItems, int limit) =>
        connection.Query<Room>(
            $"""
            select {Room.Columns} from {Room.Source}
            where me.workspace_id = @Workspace and me.account_id = @Account and room.archived_at is null
              and room.item_id is {(isAboutItems ? "not null" : "null")}
            order by {(isAboutItems ? "room.latest desc" : "room.lobby desc, lower(room.name), room.id")}
            limit @Limit
            """, new { Workspace = workspace.Id, workspace.Account, Limit = limit });

    private static Task<List<Row>> Query(
        Connection connection, CurrentWorkspace workspace, Paging page, bool isArchived) => connection.Query<Row>(
        $"""
        select feed.head as feed_head, feed.mark as feed_mark, room.*
        from member
        join feed on feed.id = member.workspace_id
        left join (
          select {Room.Columns} from {Room.Source}
          where me.workspace_id = @Workspace and me.account_id = @Account and room.id > @After
            and room.archived_at is {(isArchived ? "not null" : "null")}
          order by room.id
          limit @Limit
        ) room on true
        where member.workspace_id = @Workspace and member.account_id = @Account
        order by room.id
        """,
        new
        {
            Workspace = workspace.Id,
            workspace.Account,
            After = page.After?.Id ?? 0,
            Limit = page.Limit + 1,
        });

    /// <summary>A room beside the position of its feed; where there is none, that position alone.</summary>
    private sealed record Row : Room
    {
        public required long FeedHead { get; init; }
        public required int FeedMark { get; init; }
    }
}
