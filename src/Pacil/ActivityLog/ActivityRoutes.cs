using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.ActivityLog;

internal static class ActivityRoutes
{
    public static void MapActivity(this IEndpointRouteBuilder workspace)
    {
        var entries = workspace.MapGroup("/entries").WithTags("Feed");
        entries.MapGet("", ListEntries.Handle).WithOperation("listEntries", "List the log, newest entry first.")
            .WithParameters(EntryQuery.Asked).Produces<List<EntryBody>>();
        workspace.MapGet("/items/{id:long}/history", ItemHistory.Handle).WithTags("Items")
            .WithOperation("listItemEntries", "List the log of an item, newest entry first.")
            .WithParameters([Parameter.Id("id", "An item."), .. EntryQuery.AskedOfItem]).Produces<List<EntryBody>>();
        entries.MapPost("/{seq:long}/undo", UndoEntry.Handle)
            .WithOperation("undoEntry", "Undo the change of an entry. Returns the entries of the undo.")
            .WithParameters(Parameter.Id("seq", "The number of an entry of the workspace."))
            .Produces<List<EntryBody>>()
            .Refuses(409, "already_undone", "cannot_be_undone", "changed_since", "undone_too_often")
            .Refuses(409, "archived", "insufficient_stock", "bulk_refused", "too_many_pieces").Refuses(422, "invalid");
    }

    public static void MapActivityForms(this IEndpointRouteBuilder workspace) =>
        workspace.MapPost("/entries/{seq:long}/undo", Undo).ExcludeFromDescription();

    private static Task<IResult> Undo(long seq, CurrentWorkspace workspace, FormRedirect redirect) =>
        workspace.Redirect(redirect, UndoEntry.Handle(seq, workspace), "js.undo.undone");
}
