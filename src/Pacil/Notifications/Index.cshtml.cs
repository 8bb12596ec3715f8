using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Requests;

namespace Pacil.Notifications;

/// <summary>The page with the user's notifications and with buttons that mark them as read.</summary>
internal sealed class IndexModel(Database database) : FormPage
{
    public Snapshot<NotificationRow> List { get; private set; } = null!;
    public bool IsUnread { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        IsUnread = Request.Flag("unread");
        var page = Paging.Of(Request, ListNotifications.Sort);
        var found = await database.Read(
            connection => ListNotifications.Query(connection, CurrentUser.Of(HttpContext).Id, page, IsUnread),
            HttpContext.RequestAborted);
        if (found is null) return Problem.NotFound;
        List = found;
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        var (fields, user) = (RequestFields.OfForm(Request.Form), CurrentUser.Of(HttpContext));
        var done = await MarkRead.Handle(fields, user, HttpContext).Run();
        return done.IsProblem ? done.Problem : new SeeOther($"/notifications{Request.QueryString}");
    }
}
