using Pacil.Web;

namespace Pacil.Workspaces;

internal static class ListMembers
{
    public static async Task<IResult> Handle(CurrentWorkspace workspace, HttpContext context)
    {
        var page = Paging.Of(context.Request, Member.Sort);
        if (await workspace.Read(connection => Member.Query(connection, workspace, page)) is not { } found)
            return Problem.NotFound;
        found.Announce(context);
        return ApiResponse.Ok(found.Rows, WorkspacesJson.Default.ListMember);
    }
}
