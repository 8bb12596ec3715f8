using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Pacil.Web;

namespace Pacil.Accounts;

[AllowAnonymous]
[EnableRateLimiting(Limits.Register)]
internal sealed class RegisterModel(Register register) : FormPage
{
    [FromQuery(Name = "next")]
    public string? Next { get; set; }

    public async Task<IActionResult> OnPost()
    {
        var result = await register.Apply(Fields.OfForm(Request.Form), HttpContext.RequestAborted);
        return result.IsProblem ? Refused(result.Problem) : Done(
            LocalPaths.Along("/login", Next), "register.done", result.Value.Username);
    }
}
