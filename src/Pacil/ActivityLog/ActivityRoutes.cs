using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Workspaces;

namespace Pacil.ActivityLog;

internal static class ActivityRoutes
{
    public static void MapActivity(this IEndpointRouteBuilder workspace)
    {
        var entries = workspace.MapGroup("/entries").WithTags("Feed");
        entries.MapGet("", ListEntries.Handle).WithParameters(EntryQuery.Asked).Produces<List<EntryBody>>();
        workspace.MapGet("/items/{id:long}/history", ItemHistory.Handle).WithTags("Items")
            .WithParameters(EntryQuery.AskedOfItem).Produces<List<EntryBody>>();
        entries.MapPost("/{seq:long}/undo", UndoEntry.Handle).Produces<List<EntryBody>>();
    }

    public static void MapActivityForms(this IEndpointRouteBuilder workspace) =>
        workspace.MapPost("/entries/{seq:long}/undo", Undo).ExcludeFromDescription();

    private static Task<IResult> Undo(long seq, CurrentWorkspace workspace, FormRedirect redirect) =>
        workspace.Redirect(redirect, UndoEntry.Handle(seq, workspace), "js.undo.undone");
}
