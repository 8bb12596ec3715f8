using System.Text;
using Pacil.Data;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Workspaces;

namespace Pacil.Exchange;

/// <summary>
/// Exports all items, or one item, in Django's format. A short query reads a few hundred items, which are sent before
/// the next query. So memory use does not depend on the size of the inventory, and a slow client does not keep a
/// database snapshot open.
/// </summary>
internal static class ExportDjango
{
    private const int PageSize = 500;

    /// <summary>
    /// The maximum size in bytes of all descriptions that one query reads, not counting the first and the last one.
    /// </summary>
    private const int PageBytes = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task All(CurrentWorkspace workspace, HttpContext context, DjangoFormat format)
    {
        if (await workspace.Read(connection => Page(connection, workspace, 0)) is not { } page)
        {
            await Problem.NotFound.ExecuteAsync(context);
            return;
        }
        var response = Begin(context, format);
        for (var separator = ""; page is { Count: > 0 }; page = await Next(workspace, page))
        {
            foreach (var item in page)
            {
                Write(response, separator);
                Write(response, format.Write(item));
                separator = format.Between;
            }
            if (!await Flush(context)) return;
        }
        Write(response, format.Tail);
        await Flush(context);
    }

    /// <summary>Responds with an empty list if there is no such item, as Django does for an empty result.</summary>
    public static async Task One(long id, CurrentWorkspace workspace, HttpContext context, DjangoFormat format)
    {
        var page = await workspace.Read(connection => Page(connection, workspace, id - 1, limit: 1));
        if (page is null)
        {
            await Problem.NotFound.ExecuteAsync(context);
            return;
        }
        var response = Begin(context, format);
        foreach (var item in page.Where(item => item.Id == id)) Write(response, format.Write(item));
        Write(response, format.Tail);
        await Flush(context);
    }

    private static HttpResponse Begin(HttpContext context, DjangoFormat format)
    {
        context.Response.ContentType = format.ContentType;
        SecurityHeaders.KeepPrivate(context.Response);
        Write(context.Response, format.Head);
        return context.Response;
    }

    private static void Write(HttpResponse response, string text) => Encoding.UTF8.GetBytes(text, response.BodyWriter);

    /// <summary>Sends the written data. If the client reads nothing for 30 s, aborts and returns false.</summary>
    public static async Task<bool> Flush(HttpContext context)
    {
        try
        {
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted).AsTask().WaitAsync(Patience);
            return true;
        }
        catch (TimeoutException)
        {
            context.Abort();
            return false;
        }
    }

    private static Task<List<DjangoFormat.Row>?> Next(CurrentWorkspace workspace, List<DjangoFormat.Row> page) =>
        workspace.Read(connection => Page(connection, workspace, page[^1].Id));

    /// <summary>The items with a higher id than <paramref name="after"/>; null if the caller is not a member.</summary>
    private static async Task<List<DjangoFormat.Row>?> Page(
        Connection connection, CurrentWorkspace workspace, long after, int limit = PageSize)
    {
        var bytes = new RowBytes(PageBytes);
        var rows = await connection.Query<DjangoFormat.Row>(
            $"""
            select item.id, item.created_by as "user", item.name, item.amount, item.description
            from member left join (
              select id, created_by, name, amount, description,
                {RowBytes.Ahead(connection.Dialect, "description", "id")} as ahead
              from item
              where workspace_id = @Workspace and archived_at is null and id > @After
              order by id
              limit @Limit
            ) item on item.ahead <= {PageBytes}
            where member.workspace_id = @Workspace and member.account_id = @Account
            order by item.id
            """, new { Workspace = workspace.Id, workspace.Account, After = after, Limit = limit },
            row => bytes.Add(row.Description));
        if (rows.Count == 0) return null;
        return [.. rows.Where(row => row.Id != 0)];
    }
}
