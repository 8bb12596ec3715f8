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

/// <summary>All accounts, a form for a new one, the registration setting, and the latest entries of the log.</summary>
[Authorize(Roles = Administrators.Role)]
[GivesAccess]
internal sealed class IndexModel(Database database, CreateUser create) : FormPage
{
    private string registration = RegistrationPolicy.Open;

    public List<User> List { get; private set; } = [];
    public Snapshot<AdminLog.Row> Log { get; private set; } = null!;
    public string? Next { get; private set; }

    /// <summary>The link that was just created; shown once.</summary>
    public string? Link { get; private set; }

    /// <summary>Where the page begins to follow the log.</summary>
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
        // Read first, so that the page hears of everything that comes after.
        Log = await AdminLog.Latest(Request, database, null);
        var found = await ListUsers.Read(Request, database);
        List = found.Rows;
        Next = found.Next is { } next ? Paging.Next(Request, next) : null;
        registration = await database.Read(RegistrationPolicy.Mode, HttpContext.RequestAborted);
    }
}
