using System.Collections.Frozen;
using System.Globalization;
using Pacil.Data;
using Pacil.Data.Folding;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items.Listing;

/// <summary>The query of an item list, as the URL states it: the sort order, the filter and the page.</summary>
internal sealed record ItemQuery(string Sort, ItemFilter Filter, Paging Page)
{
    private const string SortDefault = "created";
    private const int StretchMax = 5_000;

    /// <summary>The column of each sort order; null sorts by id. Equal values are ordered by id.</summary>
    private static readonly FrozenDictionary<string, string?> Keys = new Dictionary<string, string?>
    {
        ["created"] = null,
        ["name"] = "item.name_key",
        ["amount"] = "item.amount",
        ["updated"] = "item.updated_at",
    }.ToFrozenDictionary();

    public static readonly Parameter[] Asked =
    [
        .. ItemFilter.Asked,
        Parameter.Text(
            "sort", $"{string.Join(", ", Keys.Keys)}; with - before it the other way round. By name, 2 is before 10."),
        .. Paging.Asked,
    ];

    private string Column => Sort.TrimStart('-');

    private bool IsDescending => Sort[0] == '-';

    /// <exception cref="ProblemException">422: unknown order or wrong filter. 400: cursor of another order.</exception>
    public static ItemQuery Of(HttpRequest request, string sortDefault = SortDefault)
    {
        var sort = request.Query["sort"].FirstOrDefault() is { Length: > 0 } asked ? asked : sortDefault;
        if (!Keys.ContainsKey(sort.StartsWith('-') ? sort[1..] : sort))
            throw new ProblemException(Problem.Invalid("sort", "error.not_a_choice", string.Join(", ", Keys.Keys)));
        return new ItemQuery(sort, ItemFilter.Of(request), Paging.Of(request, Ordered(sort)));
    }

    /// <summary>
    /// Reads the items and the number of the feed's latest entry in one SQL statement, so that they match. A search
    /// first scans a limited number of items in list order. If these items contain too few matches for the page, a
    /// second statement finds all matches with the search index. Both statements are fast even in a large inventory.
    /// </summary>
    /// <param name="withStars">Whether to also read which items the caller has starred.</param>
    /// <returns>Null if the caller is not a member.</returns>
    public async Task<ItemPage?> Run(Connection connection, CurrentWorkspace workspace, bool withStars = false)
    {
        var stars = withStars ? $", {Stars(connection.Dialect)}" : "";
        if (Filter.IsSearchOfMany)
        {
            var along = await Run(connection, workspace, Stretch, Filter.Search!.Along(connection.Dialect), stars);
            if (along is null or { Next: not null }) return along;
        }
        var (source, matches) = Filter.Source(connection.Dialect);
        return await Run(connection, workspace, source, matches, stars);
    }

    private async Task<ItemPage?> Run(
        Connection connection, CurrentWorkspace workspace, string source, string matches, string stars)
    {
        var (inbox, bytes) = (Filter.Inbox, new RowBytes(ItemPage.BytesMax));
        var rows = await connection.Query(
            $"""
            select feed.head, feed.mark, feed.items, feed.pieces, feed.low, item.*{stars}{inbox.Columns}
            from member
            join feed on feed.id = member.workspace_id {inbox.Joined}
            left join (
              select {Item.Columns}, item.name_key
              {source}
              where {matches} and {Chosen}
              order by {Order}
              limit @Limit
            ) item on true
            where member.workspace_id = @Workspace and member.account_id = @Account
            order by {Order}
            """, Parameters(connection.Dialect, workspace), ItemPage.Row.Read,
            row => bytes.Add(row.Item?.Description));
        return rows.Count == 0 ? null : ItemPage.Of(rows, this with { Page = Page.Within(bytes, rows.Count) });
    }

    private string Order
    {
        get
        {
            var direction = IsDescending ? "desc" : "asc";
            return Keys[Column] is { } key ? $"{key} {direction}, item.id {direction}" : $"item.id {direction}";
        }
    }

    /// <summary>The conditions of the filter and of the cursor. Every sort order has an index for them.</summary>
    private string Chosen => $"{Filter.Condition} {After()}";

    private string Stretch => $"from (select * from item where {Chosen} order by {Order} limit {StretchMax}) item";

    /// <summary>A column with the ids of the items that the caller has starred ("3,7"); null after row 1.</summary>
    private string Stars(Dialect dialect) =>
        $"""
        case when row_number() over (order by {Order}) = 1 then (
          select {dialect.Pick(sqlite: "group_concat(star.item_id)", postgres: "string_agg(star.item_id::text, ',')")}
          from star where star.account_id = @Account and star.workspace_id = @Workspace) end as stars
        """;

    private List<(string, object)> Parameters(Dialect dialect, CurrentWorkspace workspace)
    {
        List<(string, object)> parameters = [("Limit", Page.Limit + 1L)];
        if (Page.After is { } after)
        {
            parameters.Add(("AfterId", after.Id));
            if (Keys[Column] is not null) parameters.Add(("Key", Key(after)));
        }
        // The number of filter parameters can vary for the same SQL text. SQLite's statement cache matches parameters
        // by position, so the filter parameters come last.
        parameters.AddRange(Filter.Parameters(dialect, workspace.Id, workspace.Account));
        return parameters;
    }

    public Paging.Position Position(ItemPage.Row row) => new(Ordered(Sort), Column switch
    {
        "name" => row.NameKey,
        "amount" => row.Item!.Amount.ToString(CultureInfo.InvariantCulture),
        "updated" => DatabaseTime.ToMilliseconds(row.Item!.UpdatedAt).ToString(CultureInfo.InvariantCulture),
        _ => null,
    }, row.Item!.Id);

    private string After() => Page.After is null ? "" : (Keys[Column], IsDescending) switch
    {
        (null, false) => "and item.id > @AfterId",
        (null, true) => "and item.id < @AfterId",
        (var key, false) => $"and ({key}, item.id) > (@Key, @AfterId)",
        (var key, true) => $"and ({key}, item.id) < (@Key, @AfterId)",
    };

    private object Key(Paging.Position after) => Column switch
    {
        "name" => after.Key ?? "",
        "amount" => after.Number(long.MaxValue),
        _ => DatabaseTime.FromMilliseconds(after.Number(DatabaseTime.ToMilliseconds(DateTime.MaxValue))),
    };

    /// <summary>The sort order as stored in cursors, with the folding version if the order depends on it.</summary>
    private static string Ordered(string sort) => sort is "name" or "-name" ? $"{sort}/{TextFolding.Version}" : sort;
}
