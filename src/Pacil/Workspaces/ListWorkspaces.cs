using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Log;
using Pacil.Web;

namespace Pacil.Workspaces;

/// <summary>The caller's workspaces, oldest first.</summary>
internal static class ListWorkspaces
{
    public const string Sort = "id";

    public static async Task<IResult> Handle(CurrentUser user, HttpContext context, Database database)
    {
        var page = Paging.Of(context.Request, Sort);
        var found = await database.Read(connection => Query(connection, user.Id, page), context.RequestAborted);
        if (found is null) return Problem.NotFound;
        found.Announce(context);
        return ApiResponse.Ok(found.Rows, WorkspacesJson.Default.ListWorkspace);
    }

    /// <summary>
    /// The cursor is the position in the caller's inbox, because the inbox reports invitations and removals.
    /// </summary>
    /// <returns>Null if the account has just been erased.</returns>
    public static async Task<Snapshot<Workspace>?> Query(Connection connection, long account, Paging page)
    {
        var found = await connection.Query<FeedHead, Workspace>(
            $"""
            select {FeedHead.Columns}, listed.*
            from account me
            join feed on feed.id = me.inbox_id
            left join (
              select {Workspace.Columns} from member
              join workspace on workspace.id = member.workspace_id
              join account on account.id = member.account_id
              where member.account_id = @Account and member.workspace_id > @After
              order by member.workspace_id
              limit @Limit
            ) listed on true
            where me.id = @Account
            order by listed.id
            """, new { Account = account, After = page.After?.Id ?? 0, Limit = page.Limit + 1 });
        return Snapshot<Workspace>.Of(found, page, last => new(Sort, null, last.Id));
    }

    public static async Task<IResult> HandleOne(CurrentWorkspace workspace, HttpContext context)
    {
        var found = await workspace.Read(connection => Workspace.Find(connection, workspace.Id, workspace.Account));
        return found is null
            ? Problem.NotFound
            : ApiResponse.One(context, found, WorkspacesJson.Default.Workspace, found.Version);
    }
}
