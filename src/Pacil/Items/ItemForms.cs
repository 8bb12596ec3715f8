using System.Globalization;
using Pacil.Identity.Accounts;
using Pacil.Items.Stock;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items;

/// <summary>
/// The endpoints of the pages' forms, for browsers without JavaScript. They run the same use cases as the API and then
/// redirect to a page.
/// </summary>
internal static class ItemForms
{
    public static void MapItemForms(this IEndpointRouteBuilder workspace)
    {
        var item = workspace.MapGroup("/items/{id:long}").ExcludeFromDescription();
        workspace.MapPost("/movements", MoveListed).ExcludeFromDescription();
        workspace.MapPost("/star", Star).ExcludeFromDescription();
        item.MapPost("/movements", Move);
        item.MapPost("/archive", Archive);
        item.MapPost("/restore", Restore);
    }

    private static Task<IResult> Move(
        RequestFields fields, long id, CurrentWorkspace workspace, FormRedirect redirect) =>
        Record(fields, id, workspace, redirect, MoveStock.Request.ReadForm(fields));

    private static Task<IResult> Record(
        RequestFields fields, long id, CurrentWorkspace workspace, FormRedirect redirect, MoveStock.Request request) =>
        workspace.Redirect(redirect, MoveStock.Handle(fields, id, workspace, request), "stock.recorded");

    /// <summary>
    /// The buttons + and − of all rows of the list belong to one form. The pressed button sends, for example, "7 -1":
    /// take 1 of item 7.
    /// </summary>
    private static Task<IResult> MoveListed(RequestFields fields, CurrentWorkspace workspace, FormRedirect redirect)
    {
        var pressed = fields.Line("move", 40).Split(' ');
        return pressed.Length == 2 && long.TryParse(pressed[0], CultureInfo.InvariantCulture, out var id)
            && long.TryParse(pressed[1], CultureInfo.InvariantCulture, out var delta)
            && delta is >= -Amount.Max and <= Amount.Max and not 0
            ? Record(
                fields, id, workspace, redirect,
                new MoveStock.Request(delta, delta < 0 ? Reason.Taken : Reason.Received))
            : Task.FromResult<IResult>(Problems.Of(StatusCodes.Status400BadRequest));
    }

    /// <summary>
    /// The star buttons of all rows of the list belong to one form. The pressed button sends, for example, "7 true":
    /// star item 7.
    /// </summary>
    private static async Task<IResult> Star(
        RequestFields fields, CurrentWorkspace workspace, CurrentUser user, FormRedirect redirect) =>
        fields.Line("star", 40).Split(' ') is [var item, var star]
        && long.TryParse(item, CultureInfo.InvariantCulture, out var id) && bool.TryParse(star, out var isStarred)
            ? redirect.Done(
                await StarItem.Handle(id, workspace, user, isStarred).Run(),
                isStarred ? "stars.added" : "stars.removed", $"{workspace.Path}/")
            : Problems.Of(StatusCodes.Status400BadRequest);

    private static Task<IResult> Archive(
        long id, CurrentWorkspace workspace, HttpRequest http, FormRedirect redirect) =>
        workspace.Redirect(redirect, ArchiveItem.Handle(id, workspace, http), "items.archived_plain");

    private static Task<IResult> Restore(
        long id, CurrentWorkspace workspace, HttpRequest http, FormRedirect redirect) =>
        workspace.Redirect(redirect, ArchiveItem.HandleRestore(id, workspace, http), "items.restored");
}
