using System.Text;
using Pacil.Data;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Workspaces;

namespace Pacil.Exchange;

/// <summary>
/// Exports all items, or one, as Django would. Items are read by id in short queries and sent page by page, so the size
/// of the inventory costs no memory and a slow client holds no snapshot.
/// </summary>
internal static class ExportDjango
{
    private const int PageSize = 500;

    /// <summary>Limit for the descriptions of a page, without its first and last row.</summary>
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

    /// <summary>Answers an empty list if there is no such item, as Django's filter does.</summary>
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

    /// <summary>False if the client has taken nothing for 30 s. The connection is then aborted.</summary>
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

    /// <summary>The items after this id; null if the caller is not a member.</summary>
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
