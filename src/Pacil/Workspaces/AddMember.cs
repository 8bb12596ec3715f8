using Pacil.Data;

namespace Pacil.Workspaces;

internal static class AddMember
{
    public static Task<int> Apply(WriteTransaction tx, long workspace, long account, Role role) => tx.Execute(
        """
        insert into member (workspace_id, account_id, role, joined_at) values (@Workspace, @Account, @Role, @Now)
        """, new { Workspace = workspace, Account = account, Role = role, tx.Now });
}
