using System.Globalization;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces.Events;

namespace Pacil.Workspaces;

/// <summary>
/// Creates a workspace with its feed. Feed and workspace have the same id.
/// </summary>
internal sealed class CreateWorkspace(IEnumerable<NewWorkspaceStep> steps)
{
    /// <summary>The maximum number of open workspaces that one account may own.</summary>
    private const int OpenMax = 100;

    /// <summary>The maximum number of open and closed workspaces that one account may own.</summary>
    private const int OwnedMax = 1000;

    public static RequestWrite Handle(
        RequestFields fields, CurrentUser user, CreateWorkspace create, HttpContext context)
    {
        var name = Workspace.ReadName(fields);
        return user.Write(context, fields, async tx =>
        {
            if (fields.Problem is { } problem) return problem;
            if (await TooMany(tx, user.Id, isNew: true) is { } full) return full;
            var id = await create.Apply(tx, name);
            await AddMember.Apply(tx, id, user.Id, Role.Owner);
            tx.Record(id, id, 1, new WorkspaceCreated(name));
            var made = (await Workspace.Find(tx, id, user.Id))!;
            return ApiResponse.Created(
                string.Create(CultureInfo.InvariantCulture, $"/api/w/{id}"),
                made, WorkspacesJson.Default.Workspace, made.Version);
        });
    }

    /// <returns>The workspace's id. The workspace has no members yet.</returns>
    public async Task<long> Apply(WriteTransaction tx, string name)
    {
        var id = await EntryStore.CreateFeed(tx);
        await tx.Execute(
            "insert into workspace (id, name, created_at) values (@Id, @Name, @Now)",
            new { Id = id, Name = name, tx.Now });
        foreach (var step in steps) await step(tx, id);
        return id;
    }

    /// <returns>Null if the account may create or reopen a workspace; otherwise 409.</returns>
    public static async Task<Problem?> TooMany(WriteTransaction tx, long account, bool isNew)
    {
        await Account.LockForUpdate(tx, account);
        var owned = (await tx.First<Count>(
            """
            select count(*) as owned, count(*) - count(workspace.archived_at) as open
            from member join workspace on workspace.id = member.workspace_id
            where member.account_id = @Account and member.role = @Owner
            """, new { Account = account, Role.Owner }))!;
        return owned.Open >= OpenMax || isNew && owned.Owned >= OwnedMax
            ? new Problem(StatusCodes.Status409Conflict, "too_many_workspaces", OpenMax, OwnedMax)
            : null;
    }

    private sealed record Count
    {
        public required long Owned { get; init; }
        public required long Open { get; init; }
    }
}
