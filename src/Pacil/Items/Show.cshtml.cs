using Microsoft.AspNetCore.Mvc;
using Pacil.Chat;
using Pacil.Data;
using Pacil.Feed;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Items;

/// <summary>One item: how many, what became of them, and what is written about it.</summary>
internal sealed class ShowModel(Database database) : FormPage
{
    private const int EntriesShown = 20;

    public CurrentWorkspace Workspace => CurrentWorkspace.Of(HttpContext);
    public Item Item { get; private set; } = null!;
    public bool IsStarred { get; private set; }
    public LogView History { get; private set; } = null!;

    /// <summary>Null where another tab is shown.</summary>
    public Talk? Talk { get; private set; }

    /// <summary>One of <see cref="ItemTab.All"/>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Tab { get; set; } = ItemTab.Details;

    public async Task<IActionResult> OnGet(long id) => await Load(id) ? Page() : Problem.NotFound;

    /// <summary>
    /// Without scripts the whole form comes: a version that is no longer the latest is refused, and an amount that
    /// nobody touched is no count.
    /// </summary>
    public async Task<IActionResult> OnPost(long id)
    {
        if (!await Load(id)) return Problem.NotFound;
        var isCounted = Request.Form["amount"] != Initial("amount");
        var fields = Fields.OfForm(Request.Form, isCounted ? [] : ["amount"]);
        var expected = new Expected(true, [fields.Integer("version", 1, Fields.IntegerMax, required: true) ?? 0]);
        var changed = await ChangeItem.Handle(fields, id, Workspace, expected, isWhole: false);
        return changed.IsProblem
            ? Refused(changed.Problem)
            : Done($"{Workspace.Path}/items/{id}", new Text("items.saved"), Workspace.UndoPath(changed.Value));
    }

    protected override string? Initial(string field) => field switch
    {
        "name" => Item.Name,
        "description" => Item.Description,
        "unit" => Item.Unit,
        "amount" => Item.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture),
        "threshold" => Item.Threshold?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The page follows the feed from where the history is read; what is read later misses nothing.</summary>
    private async Task<bool> Load(long id)
    {
        var query = new EntryQuery(null, null, id, null, null, new Paging(EntriesShown, null));
        if (await LogView.Read(query, Workspace, database) is not { } history) return false;
        if (await Workspace.Read(connection => ReadItem.Query(connection, Workspace, id)) is not { } item) return false;
        IsStarred = await Workspace.Read(connection => Star.IsAt(connection, Workspace, id));
        if (Tab == ItemTab.Chat) Talk = await Talk.Read(Workspace, RoomName.About(id), HttpContext, database);
        else if (Tab != ItemTab.History) Tab = ItemTab.Details;
        (History, Item) = (history, item);
        return true;
    }
}
