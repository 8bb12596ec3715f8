using Pacil.Data;
using Pacil.Web;

namespace Pacil.Workspaces;

/// <summary>Somebody who shares a workspace.</summary>
internal sealed record Member
{
    public required long Account { get; init; }
    public required string Username { get; init; }
    public required Role Role { get; init; }
    public required DateTime JoinedAt { get; init; }

    private const string Columns = "account.id as account, account.username, member.role, member.joined_at";

    /// <summary>Everyone, the oldest account first, as a member may see them; one more than the page holds.</summary>
    public static Task<List<Member>> Query(Connection connection, CurrentWorkspace workspace, Paging page) =>
        connection.Query<Member>(
            $"""
            select {Columns}
            from member me
            join member on member.workspace_id = me.workspace_id and member.account_id > @After
            join account on account.id = member.account_id
            where me.workspace_id = @Workspace and me.account_id = @Me
            order by account.id
            limit @Limit
            """,
            new
            {
                Workspace = workspace.Id,
                Me = workspace.Account,
                After = page.After?.Id ?? 0,
                Limit = page.Limit + 1,
            });

    public static Task<Member?> Find(WriteTransaction tx, long workspace, long account) => tx.First<Member>(
        $"""
        select {Columns} from member join account on account.id = member.account_id
        where member.workspace_id = @Workspace and member.account_id = @Account
        """, new { Workspace = workspace, Account = account });
}

/// <summary>What a request may say of a member, for the API's description.</summary>
internal sealed record MemberBody(string Role);

internal static class ListMembers
{
    public static async Task<IResult> Handle(CurrentWorkspace workspace, HttpContext context)
    {
        var page = Paging.Of(context.Request, "id");
        var members = await workspace.Read(connection => Member.Query(connection, workspace, page));
        if (members.Count == 0 && page.After is null) return Problem.NotFound;
        if (members.Count > page.Limit)
        {
            members.RemoveAt(page.Limit);
            Paging.Link(context, new Paging.Position("id", null, members[^1].Account));
        }
        return Answer.Ok(members, WorkspacesJson.Default.ListMember);
    }
}
