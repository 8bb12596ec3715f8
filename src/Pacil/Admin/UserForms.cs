using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web.Forms;
using Pacil.Web.Requests;

namespace Pacil.Admin;

/// <summary>
/// The endpoints of the forms on the administrators' pages. They run the same use cases as the API and then redirect to
/// a page.
/// </summary>
internal static class UserForms
{
    public static async Task<IResult> Register(
        RequestFields fields, CurrentUser user, HttpContext context, FormRedirect redirect) =>
        redirect.Done(
            await ChangeRegistration.Handle(fields, user, context).Run(), "admin.registration.saved", "/admin");

    public static async Task<IResult> Change(
        long account, RequestFields fields, CurrentUser user, HttpContext context, SessionStore sessions,
        FormRedirect redirect) =>
        redirect.Done(
            await ChangeUser.Handle(account, fields, user, context, sessions).Run(), "admin.saved", Person(account));

    public static async Task<IResult> SignOut(
        long account, CurrentUser user, HttpContext context, SessionStore sessions, FormRedirect redirect) =>
        redirect.Done(
            await ChangeUser.HandleSignOut(account, user, context, sessions).Run(), "admin.signed_out",
            Person(account));

    /// <summary>Creates a link and redirects to the account's page, which shows the link one time.</summary>
    public static async Task<IResult> MakeLink(
        long account, CurrentUser user, HttpContext context, ITempDataDictionaryFactory flashes)
    {
        var made = await CreateSignInLink.Handle(account, user, context).Run();
        if (made.IsProblem) return made.Problem;
        var data = flashes.GetTempData(context);
        LinkBox.Keep(data, context.Request, made.Value.Location!, "admin.link_made");
        data.Save();
        return new SeeOther(Person(account));
    }

    private static string Person(long account) => FormattableString.Invariant($"/admin/people/{account}");
}
