using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Language;
using Pacil.Workspaces;

namespace Pacil.Items.Listing;

/// <summary>The page with the list of items.</summary>
internal sealed class IndexModel(Database database) : FormPage
{
    private const int NoteLengthMax = 80;

    private Dictionary<long, string> names = [];

    public CurrentWorkspace Workspace { get; private set; } = null!;
    public ItemQuery Query { get; private set; } = null!;
    public ItemPage List { get; private set; } = null!;
    public string? Title { get; private set; }
    public IReadOnlySet<long> Stars { get; private set; } = new HashSet<long>();
    public bool IsFiltered => Query.Filter.IsAny;
    public Counts Counts => List.Feed.Counts;
    public string? SearchText => Request.Query["search"];
    public string FeedCursor => List.Cursor(database.Epoch, Workspace.Id);

    public async Task<IActionResult> OnGet()
    {
        Workspace = CurrentWorkspace.Of(HttpContext);
        Query = ItemQuery.Of(Request, sortDefault: "name");
        var list = await Workspace.Read(connection => Query.Run(connection, Workspace, withStars: true));
        if (list is null) return Problem.NotFound;
        List = list;
        Stars = list.Stars.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).ToHashSet();
        Title = Workspace.IsPersonal ? null : (await Workspace.Find())?.Name;
        await ReadNames();
        return Page();
    }

    /// <summary>The user who last changed the item, as in ", ana"; null if the user's name is unknown.</summary>
    public string? By(Item? item) =>
        item is not null && names.GetValueOrDefault(item.UpdatedBy) is { } name ? $", {Texts.Isolated(name)}" : null;

    /// <summary>The first line of the description, cut if it is long, but never within a surrogate pair.</summary>
    public static string? Note(Item? item)
    {
        if (item?.Description is not { } text) return null;
        var line = text.Split('\n', 2)[0];
        if (line.Length > NoteLengthMax)
            line = line[..(char.IsHighSurrogate(line[NoteLengthMax - 1]) ? NoteLengthMax - 1 : NoteLengthMax)];
        return line.Length < text.Length ? $"{line}…" : line;
    }

    /// <summary>The URL of this list sorted by a column, descending if it is already sorted ascending.</summary>
    public string SortBy(string column) => Address("sort", Query.Sort == column ? $"-{column}" : column);

    public string? AriaSort(string column) =>
        Query.Sort == column ? "ascending" : Query.Sort == $"-{column}" ? "descending" : null;

    public string Toggle(string filter) => Address(filter, Request.Query.ContainsKey(filter) ? null : "true");

    /// <summary>
    /// Hidden fields for the sort order and the filters, except for <paramref name="own"/>, which the form itself
    /// sends.
    /// </summary>
    public IEnumerable<(string Name, string? Value)> Hidden(string own) =>
        Kept(own).Select(part => (part.Key, part.Value));

    /// <summary>
    /// The label of the option that selects all items of the list, for example "all 12 that match". It contains no
    /// number if counting the items would need a further query.
    /// </summary>
    public string All
    {
        get
        {
            var (filter, isWhole) = (Query.Filter, List.Next is null && Query.Page.After is null);
            long? count = isWhole ? List.Items.Count
                : !filter.IsAny ? Counts.Items
                : filter == new ItemFilter(null, true, false, false) ? Counts.Low
                : null;
            return count is { } n
                ? Texts.T("bulk.all_count", n.ToString("N0", CultureInfo.CurrentCulture))
                : Texts.T("bulk.all");
        }
    }

    private string Address(string name, string? value) => QueryHelpers.AddQueryString(
        $"{Workspace.Path}/",
        Kept(name).Append(KeyValuePair.Create(name, value)).Where(part => part.Value is not null));

    private IEnumerable<KeyValuePair<string, string?>> Kept(string but) => Request.Query
        .Where(part => (part.Key == "sort" || ItemFilter.Names.Contains(part.Key)) && part.Key != but)
        .Select(part => KeyValuePair.Create(part.Key, part.Value.FirstOrDefault()));

    private async Task ReadNames()
    {
        var me = CurrentUser.Of(HttpContext);
        var others = List.Items.Select(item => item.UpdatedBy).Where(id => id != me.Id).Distinct().ToArray();
        if (others.Length > 0)
            names = (await Workspace.Read(connection => connection.Query<Named>(
                $"select id, username from account where id {connection.Dialect.In("@Ids")}",
                new { Ids = others }))).ToDictionary(name => name.Id, name => Account.Shown(name.Username));
        names[me.Id] = me.Username;
    }

    private sealed record Named
    {
        public required long Id { get; init; }
        public required string Username { get; init; }
    }
}
