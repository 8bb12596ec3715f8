using Pacil.Accounts;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Workspaces;

/// <summary>The workspaces the caller is a member of, oldest first.</summary>
internal static class ListWorkspaces
{
    public static async Task<IResult> Handle(CurrentUser user, HttpContext context, Database database)
    {
        var page = Paging.Of(context.Request, "id");
        var list = await database.Read(connection => Query(connection, user.Id, page), context.RequestAborted);
        if (list.Count > page.Limit)
        {
            list.RemoveAt(page.Limit);
            Paging.Link(context, new Paging.Position("id", null, list[^1].Id));
        }
        return Answer.Ok(list, WorkspacesJson.Default.ListWorkspace);
    }

    /// <summary>One more than the page holds, where there are more.</summary>
    public static Task<List<Workspace>> Query(Connection connection, long account, Paging page) =>
        connection.Query<Workspace>(
            $"""
            select {Workspace.Columns} from member
            join workspace on workspace.id = member.workspace_id
            join account on account.id = member.account_id
            where member.account_id = @Account and member.workspace_id > @After
            order by member.workspace_id
            limit @Limit
            """, new { Account = account, After = page.After?.Id ?? 0, Limit = page.Limit + 1 });

    public static async Task<IResult> HandleOne(CurrentWorkspace workspace, HttpContext context)
    {
        var found = await workspace.Read(connection => Workspace.Find(connection, workspace.Id, workspace.Account));
        if (found is null) return Problem.NotFound;
        var etag = Versions.ETag(found.Version);
        if (!Versions.IsKnown(context.Request, etag))
            return Answer.Ok(found, WorkspacesJson.Default.Workspace, found.Version);
        context.Response.Headers.ETag = etag;
        return TypedResults.StatusCode(StatusCodes.Status304NotModified);
    }
}
