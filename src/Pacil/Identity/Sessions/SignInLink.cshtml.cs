using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.RateLimits;
using Pacil.Web.Requests;

namespace Pacil.Identity.Sessions;

[AllowAnonymous]
[EnableRateLimiting(Limits.SignIn)]
internal sealed class SignInLinkModel(SignInLink link) : FormPage
{
    public string Username { get; private set; } = "";

    public async Task<IActionResult> OnGet(string secret) => await Load(secret) is { } problem ? problem : Page();

    public async Task<IActionResult> OnPost(string secret)
    {
        if (await Load(secret) is { } gone) return gone;
        return await link.Apply(secret, RequestFields.OfForm(Request.Form), HttpContext) is { } problem
            ? Refused(problem)
            : Done("/", "link.done");
    }

    private async Task<Problem?> Load(string secret)
    {
        var found = await link.Look(secret, HttpContext.RequestAborted);
        Username = found.Value?.Username ?? "";
        return found.Problem;
    }
}
