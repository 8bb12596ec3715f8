using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Pacil.Web;

namespace Pacil.Accounts;

[EnableRateLimiting(Limits.SignIn)]
internal sealed class EraseModel(EraseMe erase) : FormPage
{
    public async Task<IActionResult> OnPost() =>
        await erase.Apply(RequestFields.OfForm(Request.Form), CurrentUser.Of(HttpContext), HttpContext) is { } problem
            ? Refused(problem)
            : Done("/login", "settings.erase.done");
}
