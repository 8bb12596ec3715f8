using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Pacil.Identity.Accounts;
using Pacil.Web.Forms;
using Pacil.Web.RateLimits;
using Pacil.Web.Requests;

namespace Pacil.Identity.Erasure;

[EnableRateLimiting(Limits.SignIn)]
internal sealed class EraseModel(EraseMe erase) : FormPage
{
    public async Task<IActionResult> OnPost() =>
        await erase.Apply(RequestFields.OfForm(Request.Form), CurrentUser.Of(HttpContext), HttpContext) is { } problem
            ? Refused(problem)
            : Done("/login", "settings.erase.done");
}
