using Microsoft.AspNetCore.Mvc;
using Pacil.Web;

namespace Pacil.Accounts;

internal sealed class LogoutModel(Sessions sessions) : FormPage
{
    public async Task<IActionResult> OnPost()
    {
        return await Accounts.SignOut.Apply(CurrentUser.Of(HttpContext), sessions, HttpContext) is { } problem
            ? problem
            : Done("/login", "logout.done");
    }
}
