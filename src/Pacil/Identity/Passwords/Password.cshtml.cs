using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Pacil.Identity.Accounts;
using Pacil.Web.Forms;
using Pacil.Web.RateLimits;
using Pacil.Web.Requests;

namespace Pacil.Identity.Passwords;

[EnableRateLimiting(Limits.SignIn)]
internal sealed class PasswordModel(ChangePassword change) : FormPage
{
    public async Task<IActionResult> OnPost() =>
        await change.Apply(RequestFields.OfForm(Request.Form), CurrentUser.Of(HttpContext), HttpContext) is { } problem
            ? Refused(problem)
            : Done("/settings", "settings.password_changed");
}
