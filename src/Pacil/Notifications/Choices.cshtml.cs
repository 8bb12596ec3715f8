using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web.Forms;
using Pacil.Web.Requests;

namespace Pacil.Notifications;

/// <summary>The page on which users choose which notifications they receive.</summary>
internal sealed class ChoicesModel(Database database) : FormPage
{
    public NotificationPreferences Choices { get; private set; } = new();

    public async Task OnGet() =>
        Choices = await NotificationPreferences.Find(database, CurrentUser.Of(HttpContext), HttpContext.RequestAborted);

    /// <summary>Browsers do not send checkboxes without a tick, so a missing field means off.</summary>
    public async Task<IActionResult> OnPost()
    {
        var fields = RequestFields.OfForm(Request.Form);
        var done = await NotificationPreferences.Change(
            fields, CurrentUser.Of(HttpContext), HttpContext, isLeftOutOn: false).Run();
        return done.IsProblem ? done.Problem : Done("/settings/notifications", "settings.saved");
    }
}
