using System.Buffers;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Pacil.Chat;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Tokens;
using Pacil.Items;
using Pacil.Items.Stock;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Exchange;

/// <summary>
/// Exports a user's own data as one JSON file: the account, its workspaces, tokens, blocks and stars, the items and
/// movements of the personal workspace, and all messages by the user. Short queries read the rows in order of id.
/// </summary>
internal sealed class ExportMine(HttpContext context, Database database, CurrentUser user)
{
    private const int PageSize = 500;
    private const int WidePageSize = 100;
    private const string Live = "archived_at is null";
    private const string Archived = "archived_at is not null";

    public static async Task Handle(
        CurrentUser user, HttpContext context, Database database, AccountStore accounts)
    {
        var account = await accounts.Get(user);
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"pacil.json\"";
        await new ExportMine(context, database, user).Write(account);
    }

    private async Task Write(Account account)
    {
        Put("{\"account\":");
        context.Response.BodyWriter.Write(Json.Bytes(Me.Of(account), AccountsJson.Default.Me));
        var isTaken = await Section("workspaces", WorkspacesJson.Default.Workspace, Pages(Workspaces, row => row.Id))
            && await Section("tokens", AccountsJson.Default.Token, Whole(ListTokens.Query))
            && await Section("blocks", WorkspacesJson.Default.Block, Whole(Block.Query))
            && await Section("items", ItemsJson.Default.Item, Items(Live))
            && await Section("archived_items", ItemsJson.Default.Item, Items(Archived))
            && await Section("movements", StockJson.Default.Movement, Movements())
            && await Section("stars", ItemsJson.Default.Star, Pages(Stars, star => star.Item))
            && await Section("messages", ChatJson.Default.Message, Pages(Messages, row => row.Id));
        if (!isTaken) return;
        Put("}\n");
        await ExportDjango.Flush(context);
    }

    /// <returns>False if the client no longer reads.</returns>
    private async Task<bool> Section<T>(string name, JsonTypeInfo<T> type, IAsyncEnumerable<List<T>> pages)
    {
        Put($",\"{name}\":[");
        var separator = "";
        await foreach (var page in pages)
        {
            foreach (var row in page)
            {
                Put(separator);
                context.Response.BodyWriter.Write(Json.Bytes(row, type));
                separator = ",";
            }
            if (!await ExportDjango.Flush(context)) return false;
        }
        Put("]");
        return true;
    }

    private async IAsyncEnumerable<List<T>> Pages<T>(Func<Connection, long, Task<List<T>>> query, Func<T, long> id)
    {
        for (var after = 0L; ;)
        {
            var page = await Read(connection => query(connection, after));
            if (page.Count == 0) yield break;
            yield return page;
            after = id(page[^1]);
        }
    }

    /// <summary>Reads the movements in order of item and id, because the index begins with the item.</summary>
    private async IAsyncEnumerable<List<Movement>> Movements()
    {
        foreach (var which in new[] { Live, Archived })
            await foreach (var items in Items(which))
            {
                var ids = items.ConvertAll(item => item.Id).ToArray();
                for (var (item, after) = (0L, 0L); ;)
                {
                    var page = await Read(connection => Movements(connection, ids, item, after));
                    yield return page;
                    if (page.Count < PageSize) break;
                    (item, after) = (page[^1].Item, page[^1].Id);
                }
            }
    }

    private async Task<List<Workspace>> Workspaces(Connection source, long after) =>
        (await ListWorkspaces.Query(source, user.Id, new(PageSize, new(ListWorkspaces.Sort, null, after))))?.Rows ?? [];

    private async IAsyncEnumerable<List<T>> Whole<T>(Func<Connection, long, Task<List<T>>> query)
    {
        yield return await Read(connection => query(connection, user.Id));
    }

    private IAsyncEnumerable<List<Item>> Items(string which) => Pages(
        (connection, after) => connection.Query<Item>(
            $"""
            select {Item.Columns} from item
            where workspace_id = @Workspace and {which} and id > @After
            order by id
            limit {WidePageSize}
            """, new { Workspace = user.WorkspaceId, After = after }),
        item => item.Id);

    private static Task<List<Movement>> Movements(Connection connection, long[] items, long item, long after) =>
        connection.Query<Movement>(
            $"""
            select {Movement.Columns} from movement
            where item_id {connection.Dialect.In("@Items")} and (item_id, id) > (@Item, @After)
            order by item_id, id
            limit {PageSize}
            """, new { Items = items, Item = item, After = after });

    private async Task<List<Star>> Stars(Connection connection, long after) =>
        (await connection.Query<long>(
            $"""
            select item_id from star
            where account_id = @Id and item_id > @After
            order by item_id
            limit {PageSize}
            """, new { user.Id, After = after })).ConvertAll(item => new Star(item, true));

    private Task<List<Message>> Messages(Connection connection, long after) => connection.Query<Message>(
        $"""
        select {Message.Columns} from message
        join room on room.id = message.room_id
        join account on account.id = message.created_by
        where message.created_by = @Id and message.id > @After
        order by message.id
        limit {WidePageSize}
        """, new { user.Id, After = after });

    private Task<T> Read<T>(Func<Connection, Task<T>> query) => database.Read(query, context.RequestAborted);

    private void Put(string text) => Encoding.UTF8.GetBytes(text, context.Response.BodyWriter);
}
