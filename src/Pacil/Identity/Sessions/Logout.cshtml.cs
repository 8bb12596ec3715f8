using Microsoft.AspNetCore.Mvc;
using Pacil.Identity.Accounts;
using Pacil.Web.Forms;

namespace Pacil.Identity.Sessions;

internal sealed class LogoutModel(SessionStore sessions) : FormPage
{
    public async Task<IActionResult> OnPost()
    {
        return await Sessions.SignOut.Apply(CurrentUser.Of(HttpContext), sessions, HttpContext) is { } problem
            ? problem
            : Done("/login", "logout.done");
    }
}
