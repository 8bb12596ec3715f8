using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Pacil.Web;

namespace Pacil.Accounts;

[AllowAnonymous]
[EnableRateLimiting(Limits.SignIn)]
internal sealed class LoginModel(SignIn signIn) : FormPage
{
    [FromQuery(Name = "next")]
    public string? Next { get; set; }

    public async Task<IActionResult> OnPost()
    {
        var result = await signIn.Apply(Fields.OfForm(Request.Form), HttpContext);
        return result.IsProblem ? Refused(result.Problem) : new SeeOther(LocalPaths.IsLocal(Next) ? Next! : "/");
    }
}
