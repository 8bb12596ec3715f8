using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Tokens;
using Pacil.Web.Forms;
using Pacil.Web.Requests;
using Pacil.Workspaces;
using static Pacil.Web.Language.Texts;

namespace Pacil.Shell;

internal sealed class SettingsModel(AccountStore accounts, UpdateProfile change, Database database) : FormPage
{
    private Account account = new();

    public static IReadOnlyList<(string, string)> Languages =>
        [("", T("settings.browser_language")), ("en", "English"), ("id", "Bahasa Indonesia")];

    /// <summary>Includes the user's current zone, even if its name is an old one that is no longer offered.</summary>
    public IReadOnlyList<(string, string)> Zones =>
    [
        .. TimeZones.Names.Append(account.TimeZone).Distinct().Order(StringComparer.Ordinal)
            .Select(name => (name, name)),
    ];

    public TokenSection Tokens { get; private set; } = null!;
    public List<Block> Blocks { get; private set; } = [];

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        var result = await change.Apply(
            RequestFields.OfForm(Request.Form), CurrentUser.Of(HttpContext), HttpContext.RequestAborted);
        if (!result.IsProblem) return Done("/settings", "settings.saved");
        await Load();
        return Refused(result.Problem);
    }

    protected override string? Initial(string field) => field switch
    {
        "username" => account.Username,
        "email" => account.Email,
        "language" => account.Language,
        "time_zone" => account.TimeZone,
        _ => TokenSection.Initial(field),
    };

    private async Task Load()
    {
        var user = CurrentUser.Of(HttpContext);
        account = await accounts.Get(user);
        Tokens = new TokenSection(await ListTokens.Query(user, database, HttpContext.RequestAborted), Field);
        Blocks = await database.Read(connection => Block.Query(connection, user.Id), HttpContext.RequestAborted);
    }
}
