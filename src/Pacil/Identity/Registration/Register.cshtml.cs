using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Pacil.Identity.Passwords;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.RateLimits;
using Pacil.Web.Requests;

namespace Pacil.Identity.Registration;

[AllowAnonymous]
[EnableRateLimiting(Limits.Register)]
internal sealed class RegisterModel(Register register) : FormPage
{
    [FromQuery(Name = "next")]
    public string? Next { get; set; }

    public async Task<IActionResult> OnGet() =>
        await register.Refusal(RegistrationPolicy.Of(Next), HttpContext.RequestAborted) is { } problem
            ? problem : Page();

    public async Task<IActionResult> OnPost()
    {
        var result = await register.Apply(
            RequestFields.OfForm(Request.Form), RegistrationPolicy.Of(Next), HashRequester.Stranger(HttpContext),
            HttpContext.RequestAborted);
        if (result.IsProblem) return Refused(result.Problem);
        var next = await register.ReturnUrl(Next, HttpContext.RequestAborted);
        return Done(LocalPaths.Along("/login", next), "register.done", result.Value.Username);
    }
}
