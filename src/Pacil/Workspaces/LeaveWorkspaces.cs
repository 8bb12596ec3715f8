using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Log;
using Pacil.Log.Events;
using Pacil.Workspaces.Events;

namespace Pacil.Workspaces;

/// <summary>
/// Removes an erased account from every workspace. A workspace that only this account owned goes to the successor.
/// Without a successor, the workspace goes to the member with the highest role; of several such members, to the one who
/// joined first. A workspace without other members is closed. The personal workspace is also closed if there is no
/// successor.
/// </summary>
internal static class LeaveWorkspaces
{
    /// <param name="isFree">
    /// Whether the heir may get workspaces of which the heir is not a member. False if users who are not administrators
    /// erase their own account: they could otherwise give many workspaces to any other account.
    /// </param>
    public static async Task Apply(WriteTransaction tx, Account account, long? heir, bool isFree)
    {
        var left = await tx.Query<long>(
            $"""
            select workspace.id from workspace
            where id in (select workspace_id from member where account_id = @Id)
            order by workspace.id
            {tx.Dialect.Pick(sqlite: "", postgres: "for update")}
            """, new { account.Id });
        foreach (var workspace in left)
        {
            var isOwn = workspace == account.WorkspaceId;
            var needsOwner = await IsOnlyOwner(tx, workspace, account.Id);
            var taker = isFree || heir is { } id && await Member.Find(tx, workspace, id) is not null ? heir : null;
            var owner = needsOwner ? taker ?? await Highest(tx, workspace, account.Id) : null;
            if (owner is { } next) await Own(tx, workspace, next);
            if (needsOwner && (owner is null || isOwn && taker is null)) await Close(tx, workspace);
            await tx.Execute(
                "delete from member where workspace_id = @Workspace and account_id = @Id",
                new { Workspace = workspace, account.Id });
            tx.Record(workspace, account.Id, 1, new MemberRemoved());
        }
        await tx.RedactActor(account.Id);
        await EraseName(tx, account);
    }

    private static async Task<bool> IsOnlyOwner(WriteTransaction tx, long workspace, long account) =>
        (await tx.Query<long>(
            "select account_id from member where workspace_id = @Workspace and role = @Owner",
            new { Workspace = workspace, Role.Owner })).All(owner => owner == account);

    private static Task<long?> Highest(WriteTransaction tx, long workspace, long account) => tx.First<long?>(
        """
        select account_id from member
        where workspace_id = @Workspace and account_id <> @Account
        order by role desc, joined_at, account_id
        limit 1
        """, new { Workspace = workspace, Account = account });

    private static async Task Own(WriteTransaction tx, long workspace, long account)
    {
        if (await Member.Find(tx, workspace, account) is not { } member)
        {
            await AddMember.Apply(tx, workspace, account, Role.Owner);
            tx.Record(workspace, account, 1, new MemberJoined(Role.Owner.Name()));
        }
        else if (member.Role < Role.Owner) await ChangeMember.SetRole(tx, workspace, member, Role.Owner);
    }

    private static async Task Close(WriteTransaction tx, long workspace)
    {
        var version = await tx.First<long?>(
            """
            update workspace set archived_at = @Now, version = version + 1
            where id = @Id and archived_at is null
            returning version
            """, new { Id = workspace, tx.Now });
        if (version is { } closed)
            tx.Record(workspace, workspace, closed, new WorkspaceClosed());
    }

    /// <summary>Removes the account's name from the personal workspace and from invitations.</summary>
    private static async Task EraseName(WriteTransaction tx, Account account)
    {
        var renamed = EventKind.Of<WorkspaceChanged>();
        if (await tx.First<int>(
            $"""
            select 1 from entry
            where feed_id = @WorkspaceId and subject_type = '{renamed.SubjectType}' and kind = '{renamed.Name}'
            limit 1
            """, new { account.WorkspaceId }) == 1)
            await tx.Redact(
                account.WorkspaceId, renamed, account.WorkspaceId, 1, seqs => new WorkspaceRedacted(seqs));
        else
            await tx.Execute(
                "update workspace set name = @Former where id = @WorkspaceId",
                new { Account.Former, account.WorkspaceId });
        var invitations = await tx.Query<Waiting>(
            "select id, workspace_id from invitation where account_id = @Id", new { account.Id });
        foreach (var invitation in invitations)
            await tx.Redact(
                invitation.WorkspaceId, MemberInvited.Kind, invitation.Id, 1, seqs => new InvitationRedacted(seqs));
        await tx.Execute(
            """
            update invitation
            set revoked_at = coalesce(revoked_at, @Now),
              username = case when account_id = @Id or username_key = @UsernameKey then @Former else username end,
              username_key = nullif(username_key, @UsernameKey)
            where account_id = @Id or username_key = @UsernameKey or created_by = @Id
            """, new { tx.Now, Account.Former, account.Id, account.UsernameKey });
    }

    private sealed record Waiting
    {
        public required long Id { get; init; }
        public required long WorkspaceId { get; init; }
    }
}
