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

/// <summary>One account, and what an administrator can do with it.</summary>
[Authorize(Roles = Administrators.Role)]
[GivesAccess]
internal sealed class PersonModel(Database database, SessionStore sessions) : FormPage
{
    public User Person { get; private set; } = null!;
    public Snapshot<AdminLog.Row> Log { get; private set; } = null!;

    /// <summary>Where the page begins to follow the log.</summary>
    public string Cursor => Log.Cursor(database);

    public string? Link { get; private set; }
    public string Path => $"/admin/people/{Person.Id}";
    public string Api => $"/api/users/{Person.Id}";

    public async Task<IActionResult> OnGet(long account)
    {
        Link = LinkBox.Take(Request, TempData);
        return await Load(account) ? Page() : Problem.NotFound;
    }

    /// <summary>Changes name and address, unless somebody else has changed them since the form was shown.</summary>
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

    /// <summary>The log does not contain the values of fields, so the form carries those that it showed.</summary>
    private FieldState Held(string field)
    {
        var now = Initial(field) ?? "";
        var isLatest = Request.Form["version"] == Person.Version.ToString(CultureInfo.InvariantCulture);
        return new FieldState(field, Request.Form[$"shown_{field}"].FirstOrDefault() ?? (isLatest ? now : null), now);
    }

    private async Task<bool> Load(long account)
    {
        // Read first, so that the page hears of everything that comes after.
        Log = await AdminLog.Latest(Request, database, account);
        if (await database.Read(connection => Admin.User.Find(connection, account), HttpContext.RequestAborted)
            is not { } found) return false;
        Person = found;
        return true;
    }
}
