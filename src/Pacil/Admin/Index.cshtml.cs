using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Registration;
using Pacil.Identity.Sessions;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Requests;
using static Pacil.Web.Language.Texts;

namespace Pacil.Admin;

/// <summary>
/// The page with all accounts, a form for a new account, the registration setting, and the latest entries of the log.
/// </summary>
[Authorize(Roles = Administrators.Role)]
[GivesAccess]
internal sealed class IndexModel(Database database, CreateUser create) : FormPage
{
    private string registration = RegistrationPolicy.Open;

    public List<User> List { get; private set; } = [];
    public Snapshot<AdminLog.Row> Log { get; private set; } = null!;
    public string? Next { get; private set; }

    /// <summary>The link that the previous request has created; shown one time.</summary>
    public string? Link { get; private set; }

    /// <summary>The position in the administrators' feed from which the open web page follows new entries.</summary>
    public string Cursor => Log.Cursor(database);

    public string? SearchText => Request.Query["search"];

    public static IReadOnlyList<(string, string)> Modes =>
        [.. RegistrationPolicy.Modes.Select(mode => (mode, T($"admin.registration.{mode}")))];

    public async Task OnGet()
    {
        Link = LinkBox.Take(Request, TempData);
        await Load();
    }

    public async Task<IActionResult> OnPost()
    {
        var made = await create.Apply(RequestFields.OfForm(Request.Form), CurrentUser.Of(HttpContext), HttpContext);
        if (!made.IsProblem)
        {
            if (made.Value.SignInLink is { } link) LinkBox.Keep(TempData, Request, link, "admin.link_made");
            return new SeeOther("/admin");
        }
        await Load();
        return Refused(made.Problem);
    }

    protected override string? Initial(string field) => field == "registration" ? registration : null;

    private async Task Load()
    {
        // The open web page receives every entry that is newer than this log. If the accounts were read first, the page
        // would miss a change between the two reads.
        Log = await AdminLog.Latest(Request, database, null);
        var found = await ListUsers.Read(Request, database);
        List = found.Rows;
        Next = found.Next is { } next ? Paging.Next(Request, next) : null;
        registration = await database.Read(RegistrationPolicy.Mode, HttpContext.RequestAborted);
    }
}
