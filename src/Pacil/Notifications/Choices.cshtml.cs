using Microsoft.AspNetCore.Mvc;
using Pacil.Accounts;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Notifications;

/// <summary>A box for each kind that one may want to be told of, or not.</summary>
internal sealed class ChoicesModel(Database database) : FormPage
{
    public NotificationPreferences Choices { get; private set; } = new();

    public async Task OnGet() =>
        Choices = await NotificationPreferences.Find(database, CurrentUser.Of(HttpContext), HttpContext.RequestAborted);

    /// <summary>A box without a tick is not sent at all.</summary>
    public async Task<IActionResult> OnPost()
    {
        var fields = RequestFields.OfForm(Request.Form);
        var done = await NotificationPreferences.Change(
            fields, CurrentUser.Of(HttpContext), HttpContext, isLeftOutOn: false);
        return done.IsProblem ? done.Problem : Done("/settings/notifications", "settings.saved");
    }
}
