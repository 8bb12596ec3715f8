using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.RateLimits;
using Pacil.Web.Requests;

namespace Pacil.Shell;

[AllowAnonymous]
[EnableRateLimiting(Limits.SignIn)]
internal sealed class LoginModel(SignIn signIn) : FormPage
{
    [FromQuery(Name = "next")]
    public string? Next { get; set; }

    /// <summary>
    /// Also runs for a submitted form with an outdated CSRF token. If the user with the submitted name has meanwhile
    /// signed in from another tab, redirects as after a sign-in.
    /// </summary>
    public IActionResult OnGet() =>
        Problem is not null && CurrentUser.Find(HttpContext) is { } user
        && Account.Key(Request.Form["username"].ToString().Trim()) == Account.Key(user.Username)
            ? Onwards()
            : Page();

    public async Task<IActionResult> OnPost()
    {
        var result = await signIn.Apply(RequestFields.OfForm(Request.Form), HttpContext);
        return result.IsProblem ? Refused(result.Problem) : Onwards();
    }

    private SeeOther Onwards() => new(LocalPaths.IsLocal(Next) ? Next! : "/");
}
