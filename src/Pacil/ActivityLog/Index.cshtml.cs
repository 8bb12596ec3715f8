using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pacil.Data;
using Pacil.Data.Folding;
using Pacil.Log.Events;
using Pacil.Web;
using Pacil.Workspaces;
using static Pacil.Web.Language.Texts;

namespace Pacil.ActivityLog;

/// <summary>The activity page. It shows who did what in a workspace, with buttons for undo.</summary>
internal sealed class IndexModel(Database database) : PageModel
{
    private List<Person> people = [];

    public LogView Log { get; private set; } = null!;
    public string Path => $"{Log.Workspace.Path}/activity";
    public string Title => ItemName is { } item ? T("activity.of", item) : T("activity.title");

    public static IEnumerable<(string Value, string Text)> Kinds =>
        EventRegistry.OfWorkspaces.Select(kind => (kind.Name, Text: T($"activity.kind.{kind.Name}")))
            .OrderBy(kind => kind.Text, StringComparer.CurrentCulture).Prepend(("", T("activity.everything")));

    public IEnumerable<(string Value, string Text)> People =>
        people.Select(person => ($"{person.Id}", person.Username)).Prepend(("", T("activity.everyone")));

    private string? ItemName => Log.Query.Item is null ? null : Log.Page.Entries.FirstOrDefault()?.SubjectName;

    public async Task<IActionResult> OnGet()
    {
        var workspace = CurrentWorkspace.Of(HttpContext);
        if (await LogView.Read(EntryQuery.Of(Request), workspace, database) is not { } log) return Problem.NotFound;
        Log = log;
        people = await workspace.Read(connection => connection.Query<Person>(
            """
            select account.id, account.username from member join account on account.id = member.account_id
            where member.workspace_id = @Id
            """, new { workspace.Id }));
        people.Sort((one, other) =>
            TextFolding.Order.Compare(TextFolding.SortKey(one.Username), TextFolding.SortKey(other.Username)));
        return Page();
    }

    private sealed record Person
    {
        public required long Id { get; init; }
        public required string Username { get; init; }
    }
}
