using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Erasure;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Requests;

namespace Pacil.Admin;

/// <summary>The page that says what an erasure deletes and what stays, with a button that erases the account.</summary>
[Authorize(Roles = Administrators.Role)]
[GivesAccess]
internal sealed class EraseModel(Database database, EraseAccount erase, SessionStore sessions) : FormPage
{
    public User Person { get; private set; } = null!;

    public async Task<IActionResult> OnGet(long account) => await Load(account) ? Page() : Problem.NotFound;

    public async Task<IActionResult> OnPost(long account)
    {
        if (!await Load(account)) return Problem.NotFound;
        var me = CurrentUser.Of(HttpContext);
        var fields = RequestFields.OfForm(Request.Form);
        var erased = await EraseUser.Apply(
            account, fields, IfMatchCondition.Anything, me, HttpContext, erase, sessions).Run();
        if (erased.IsProblem) return Refused(erased.Problem);
        return Done(account == me.Id ? "/login" : "/admin", "admin.erased", Person.Username);
    }

    private async Task<bool> Load(long account)
    {
        if (await database.Read(connection => Admin.User.Find(connection, account), HttpContext.RequestAborted)
            is not { } found) return false;
        Person = found;
        return true;
    }
}
