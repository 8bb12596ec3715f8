using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces.Events;

namespace Pacil.Workspaces;

/// <summary>Renames, closes or reopens a workspace. A closed workspace can still be read. Nothing is deleted.</summary>
internal static class ChangeWorkspace
{
    public static RequestWrite Handle(RequestFields fields, CurrentWorkspace workspace, HttpRequest http)
    {
        var name = fields.Has("name") ? Workspace.ReadName(fields) : null;
        var archived = fields.Flag("archived");
        return Change(workspace, fields, Versions.IfMatch(http), name, archived);
    }

    public static RequestWrite HandleClose(CurrentWorkspace workspace, HttpRequest http) =>
        Change(workspace, null, Versions.IfMatch(http), null, archived: true);

    private static RequestWrite Change(
        CurrentWorkspace workspace, RequestFields? fields, IfMatchCondition expected, string? name, bool? archived) =>
        workspace.Write(archived is null ? Role.Manager : Role.Owner, fields, async tx =>
        {
            if (fields?.Problem is { } problem) return problem;
            await Workspace.LockForUpdate(tx, workspace.Id);
            if (await Workspace.Find(tx, workspace.Id, workspace.Account) is not { } before) return Problem.NotFound;
            if (!expected.Allows(before.Version)) return Conflict(before, name, archived);
            if (archived is true && before.Personal)
                return new Problem(StatusCodes.Status409Conflict, "personal_workspace");
            if (before.ArchivedAt is not null && archived is not false) return Membership.Closed;
            if (before.ArchivedAt is not null
                && await CreateWorkspace.TooMany(tx, workspace.Account, isNew: false) is { } full) return full;
            var after = await Apply(tx, before, name ?? before.Name, archived ?? before.ArchivedAt is not null);
            return ApiResponse.Ok(after, WorkspacesJson.Default.Workspace, after.Version);
        }, allowClosed: true);

    private static async Task<Workspace> Apply(WriteTransaction tx, Workspace before, string name, bool isArchived)
    {
        var after = before with
        {
            Name = name,
            ArchivedAt = isArchived ? before.ArchivedAt ?? tx.Now : null,
            Version = before.Version + 1,
        };
        if (before.Name == after.Name && before.ArchivedAt == after.ArchivedAt) return before;
        await tx.Execute(
            "update workspace set name = @Name, archived_at = @ArchivedAt, version = @Version where id = @Id", after);
        if (before.Name != after.Name)
            tx.Record(after.Id, after.Id, after.Version, new WorkspaceChanged(new(before.Name, after.Name)));
        if (before.ArchivedAt != after.ArchivedAt)
            tx.Record(after.Id, after.Id, after.Version,
                after.ArchivedAt is null ? new WorkspaceReopened() : new WorkspaceClosed());
        return after;
    }

    private static Problem Conflict(Workspace current, string? name, bool? archived)
    {
        return IfMatchCondition.Conflict(current, WorkspacesJson.Default.Workspace, Differing());

        IEnumerable<string> Differing()
        {
            if (name is not null && name != current.Name) yield return "name";
            if (archived is { } wanted && wanted != current.ArchivedAt is not null) yield return "archived";
        }
    }
}
