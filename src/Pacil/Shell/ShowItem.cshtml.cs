using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pacil.ActivityLog;
using Pacil.Chat;
using Pacil.Data;
using Pacil.Items;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Language;
using Pacil.Workspaces;

namespace Pacil.Shell;

/// <summary>The page of one item with three tabs: its details and stock, its discussion, and its history.</summary>
internal sealed class ShowItemModel(Database database) : FormPage
{
    private const int EntriesShown = 20;

    public CurrentWorkspace Workspace => CurrentWorkspace.Of(HttpContext);
    public Item Item { get; private set; } = null!;
    public bool IsStarred { get; private set; }
    public LogView History { get; private set; } = null!;
    public RoomView? Talk { get; private set; }

    /// <summary>The selected tab, one of <see cref="ItemTab.All"/>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Tab { get; set; } = ItemTab.Details;

    public async Task<IActionResult> OnGet(long id) => await Load(id) ? Page() : Problem.NotFound;

    /// <summary>
    /// Without JavaScript the browser submits every field of the form. A field that the user has not changed is not
    /// written, so an unchanged amount is not recorded as a stock count.
    /// </summary>
    public Task<IActionResult> OnPost(long id) => Save(
        async () => await Load(id) ? await Judge() : null,
        fields => ChangeItem.Handle(fields, id, Workspace, new IfMatchCondition(true, [Item.Version]), isWhole: false),
        answer => Done($"{Workspace.Path}/items/{id}", new Text("items.saved"), Workspace.UndoPath(answer)));

    protected override string? Initial(string field) => ChangesSinceVersion.Of(Item, field);

    /// <summary>
    /// If the form does not contain a version, the values that it showed are unknown. The user then decides on each
    /// field whose submitted value differs from the current value.
    /// </summary>
    private async Task<FormMerge> Judge()
    {
        long? seen = long.TryParse(Request.Form["version"], CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
        return new FormMerge(
            Request.Form, await Workspace.Read(connection =>
                ChangesSinceVersion.Query(connection, Workspace, Item, seen)));
    }

    /// <summary>
    /// Reads the history first. The page follows the feed from the end of this history, so it misses no later change.
    /// </summary>
    private async Task<bool> Load(long id)
    {
        var query = new EntryQuery(null, null, id, null, null, new Paging(EntriesShown, null));
        if (await LogView.Read(query, Workspace, database) is not { } history) return false;
        if (await Workspace.Read(connection => ReadItem.Query(connection, Workspace, id)) is not { } item) return false;
        IsStarred = await Workspace.Read(connection => Star.IsAt(connection, Workspace, id));
        if (Tab == ItemTab.Chat) Talk = await RoomView.Read(Workspace, RoomReference.About(id), HttpContext, database);
        else if (Tab != ItemTab.History) Tab = ItemTab.Details;
        (History, Item) = (history, item);
        return true;
    }
}
