using Pacil.Data;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Workspaces;

[Example("""{"account": 2, "username": "budi", "role": "editor", "joined_at": "2026-11-21T08:14:05.120Z"}""")]
internal sealed record Member
{
    public required long Account { get; init; }
    public required string Username { get; init; }
    public required Role Role { get; init; }
    public required DateTime JoinedAt { get; init; }

    public const string Sort = "id";

    private const string Columns = "account.id as account, account.username, member.role, member.joined_at";

    /// <returns>Null if the caller is not a member.</returns>
    public static async Task<Snapshot<Member>?> Query(Connection connection, CurrentWorkspace workspace, Paging page)
    {
        var found = await connection.Query<FeedHead, Member>(
            $"""
            select {FeedHead.Columns}, listed.*
            from member me
            join feed on feed.id = me.workspace_id
            left join (
              select {Columns} from member join account on account.id = member.account_id
              where member.workspace_id = @Workspace and member.account_id > @After
              order by account.id
              limit @Limit
            ) listed on true
            where me.workspace_id = @Workspace and me.account_id = @Me
            order by listed.account
            """,
            new
            {
                Workspace = workspace.Id,
                Me = workspace.Account,
                After = page.After?.Id ?? 0,
                Limit = page.Limit + 1,
            },
            split: "account");
        return Snapshot<Member>.Of(found, page, last => new(Sort, null, last.Account));
    }

    public static Task<Member?> Find(WriteTransaction tx, long workspace, long account) => tx.First<Member>(
        $"""
        select {Columns} from member join account on account.id = member.account_id
        where member.workspace_id = @Workspace and member.account_id = @Account
        """, new { Workspace = workspace, Account = account });
}
