using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Forms;

namespace Pacil.Admin;

/// <summary>The page of one account, with forms and buttons to change the account.</summary>
[Authorize(Roles = Administrators.Role)]
[GivesAccess]
internal sealed class PersonModel(Database database, SessionStore sessions) : FormPage
{
    public User Person { get; private set; } = null!;
    public Snapshot<AdminLog.Row> Log { get; private set; } = null!;

    /// <summary>The position in the administrators' feed from which the open web page follows new entries.</summary>
    public string Cursor => Log.Cursor(database);

    public string? Link { get; private set; }
    public string Path => $"/admin/people/{Person.Id}";
    public string Api => $"/api/users/{Person.Id}";

    public async Task<IActionResult> OnGet(long account)
    {
        Link = LinkBox.Take(Request, TempData);
        return await Load(account) ? Page() : Problem.NotFound;
    }

    /// <summary>Saves name and address, but overwrites no change made by others after the form was shown.</summary>
    public Task<IActionResult> OnPost(long account) => Save(
        async () => await Load(account) ? new FormMerge(Request.Form, Held("username"), Held("email")) : null,
        fields => ChangeUser.Apply(
            account, fields, new IfMatchCondition(true, [Person.Version]), CurrentUser.Of(HttpContext), HttpContext,
            sessions),
        _ => Done(Path, "admin.saved"));

    protected override string? Initial(string field) => field switch
    {
        "username" => Person.Username,
        "email" => Person.Email,
        _ => null,
    };

    /// <summary>
    /// The value that the form showed, and the current value. The form itself sends the shown value, because the
    /// administrators' log does not contain old values.
    /// </summary>
    private FieldState Held(string field)
    {
        var now = Initial(field) ?? "";
        var isLatest = Request.Form["version"] == Person.Version.ToString(CultureInfo.InvariantCulture);
        return new FieldState(field, Request.Form[$"shown_{field}"].FirstOrDefault() ?? (isLatest ? now : null), now);
    }

    private async Task<bool> Load(long account)
    {
        // The open web page receives every entry that is newer than this log. If the account were read first, the page
        // would miss a change between the two reads.
        Log = await AdminLog.Latest(Request, database, account);
        if (await database.Read(connection => Admin.User.Find(connection, account), HttpContext.RequestAborted)
            is not { } found) return false;
        Person = found;
        return true;
    }
}
