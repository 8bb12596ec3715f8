using Pacil.Data;
using Pacil.Identity.Sessions;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces.Events;
using Pacil.Workspaces.Invitations;

namespace Pacil.Workspaces;

/// <summary>
/// Changes or removes a member. A workspace always has an owner, and nobody can leave or lose their personal workspace.
/// </summary>
internal static class ChangeMember
{
    public static RequestWrite Handle(RequestFields fields, long account, CurrentWorkspace workspace)
    {
        var role = Roles.Read(fields, required: true);
        return workspace.Write(Role.Manager, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            return (await Apply(tx, workspace.Id, account, role)).Then(member =>
                ApiResponse.Ok(member, WorkspacesJson.Default.Member));
        });
    }

    public static RequestWrite HandleRemove(long account, CurrentWorkspace workspace, SessionStore sessions) =>
        workspace.Write(
            account == workspace.Account ? Role.Viewer : Role.Manager, null,
            async tx => (await Remove(tx, workspace.Id, account)).Then(_ => ApiResponse.NoContent),
            allowClosed: true) with
        {
            // The member's session stays valid, but the member's open streams must check their access again, in every
            // process.
            AfterCommit = () => sessions.Revoke(account),
        };

    public static async Task<Result<Member>> Apply(WriteTransaction tx, long workspace, long account, Role role)
    {
        if (await Standing(tx, workspace, account) is not var (mine, member)) return Problem.NotFound;
        if (!mine.MayGive(member.Role) || !mine.MayGive(role)) return Membership.RoleTooHigh;
        if (member.Role == role) return member;
        if (role < Role.Owner && await Keeps(tx, workspace, member) is { } needed) return needed;
        return await SetRole(tx, workspace, member, role);
    }

    /// <summary>The caller must check before whether the writer may give this role.</summary>
    public static async Task<Member> SetRole(WriteTransaction tx, long workspace, Member member, Role role)
    {
        await tx.Execute(
            "update member set role = @Role where workspace_id = @Workspace and account_id = @Account",
            new { Role = role, Workspace = workspace, member.Account });
        if (role < Role.Owner)
            await Invitation.Revoke(tx, workspace, member.Account, role < Role.Manager ? Role.Viewer : Role.Manager);
        tx.Record(
            workspace, member.Account, 1, new MemberRoleChanged(new(member.Role.Name(), role.Name())));
        return member with { Role = role };
    }

    private static async Task<Result<Member>> Remove(WriteTransaction tx, long workspace, long account)
    {
        if (await Standing(tx, workspace, account) is not var (mine, member)) return Problem.NotFound;
        if (account != tx.Actor.Id && !mine.MayGive(member.Role)) return Membership.RoleTooHigh;
        if (await Keeps(tx, workspace, member) is { } needed) return needed;
        await tx.Execute(
            "delete from member where workspace_id = @Workspace and account_id = @Account",
            new { Workspace = workspace, Account = account });
        await Invitation.Revoke(tx, workspace, account, Role.Viewer);
        tx.Record(workspace, account, 1, new MemberRemoved());
        return member;
    }

    /// <summary>
    /// The roles of the writer and of the member. Locks the workspace, so that no other write changes a role: two
    /// owners who leave concurrently must not leave the workspace without an owner.
    /// </summary>
    private static async Task<(Role Mine, Member Member)?> Standing(WriteTransaction tx, long workspace, long account)
    {
        await Workspace.LockForUpdate(tx, workspace);
        var (me, member) = (await Member.Find(tx, workspace, tx.Actor.Id!.Value),
            await Member.Find(tx, workspace, account));
        return me is null || member is null ? null : (me.Role, member);
    }

    /// <returns>The reason why the member must stay an owner; null if the role may change.</returns>
    private static async Task<Problem?> Keeps(WriteTransaction tx, long workspace, Member member)
    {
        if (member.Role < Role.Owner) return null;
        if (await tx.First<long>(
            "select 1 from account where id = @Account and workspace_id = @Workspace",
            new { member.Account, Workspace = workspace }) == 1)
            return new Problem(StatusCodes.Status409Conflict, "personal_workspace");
        var others = await tx.First<long>(
            """
            select 1 from member
            where workspace_id = @Workspace and role = @Owner and account_id <> @Account
            limit 1
            """, new { Workspace = workspace, Role.Owner, member.Account });
        return others == 1 ? null : new Problem(StatusCodes.Status409Conflict, "last_owner");
    }
}
