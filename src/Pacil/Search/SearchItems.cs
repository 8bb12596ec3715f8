using Pacil.Data;
using Pacil.Data.Folding;
using Pacil.Items;
using Pacil.Items.Listing;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Search;

/// <summary>
/// Finds the best items for a text. First come items whose name is the text, then names that begin with it, then names
/// with a word that begins with it, then other names that contain it, then all other matches. Two indexes return a
/// limited number of candidates, which are ranked in memory. So no query has to sort all matches.
/// </summary>
internal static class SearchItems
{
    private const int CandidatesMax = 200;

    /// <summary>The length of the indexed prefix of <c>search_text</c>, which begins with the item's name.</summary>
    private const int BeginningLength = 50;

    public static readonly Parameter AskedText = Parameter.Text("q", $"What to find. {SearchWords.Limits}");

    public static readonly Parameter[] Asked = [AskedText, Paging.AskedLimit];

    public static async Task<IResult> Handle(CurrentWorkspace workspace, HttpContext context)
    {
        var request = context.Request;
        var found = await Find(workspace, request.Query["q"].FirstOrDefault(), Paging.LimitOf(request));
        if (found is null) return Problem.NotFound;
        found.Announce(context);
        return ApiResponse.Ok(found.Rows, ItemsJson.Default.ListItem);
    }

    /// <summary>The found items, best first; null if the caller is not a member.</summary>
    /// <exception cref="ProblemException">422 if the text or a word of it is too long.</exception>
    public static async Task<Snapshot<Item>?> Find(CurrentWorkspace workspace, string? text, int limit)
    {
        var terms = SearchTerms.Of(text, "q");
        var key = TextFolding.Key(text ?? "");
        var beginning = TextFolding.Searchable(text ?? "");
        var found = await workspace.Read(connection => Candidates(connection, workspace, terms, beginning));
        if (found.Count == 0) return null;
        var best = found
            .Select(row => row.Item)
            .OfType<Item>()
            .DistinctBy(item => item.Id)
            .Select(item => (Item: item, Name: TextFolding.Key(item.Name)))
            .OrderBy(candidate => Rank(candidate.Name, key))
            .ThenBy(candidate => candidate.Name.Length)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Item)
            .Take(limit);
        return new Snapshot<Item>([.. best], null, found[0].Head);
    }

    private static int Rank(string name, string key) =>
        name == key ? 0
        : name.StartsWith(key, StringComparison.Ordinal) ? 1
        : name.Contains($" {key}", StringComparison.Ordinal) ? 2
        : name.Contains(key, StringComparison.Ordinal) ? 3
        : 4;

    /// <summary>
    /// Each returned row has a candidate item and the number of the feed's latest entry. If nothing is found, there is
    /// one row without an item; if the caller is not a member, there is no row.
    /// </summary>
    private static Task<List<(FeedHead Head, Item? Item)>> Candidates(
        Connection connection, CurrentWorkspace workspace, SearchTerms? terms, string beginning)
    {
        List<(string, object)> parameters = [("Workspace", workspace.Id), ("Account", workspace.Account)];
        var indexed = "select * from item where false";
        if (terms is { FindsNothing: false })
        {
            var (source, matches) = terms.Indexed(connection.Dialect);
            var begins = connection.Dialect.Pick(
                sqlite: "substr(search_text, 1, 50)", postgres: "left(search_text, 50) collate \"C\"");
            // Only the first 50 characters of an item's text are indexed here. If the search text is longer, no item's
            // indexed text can begin with it. The end then equals the beginning, so the range is empty.
            var end = beginning.Length > BeginningLength ? beginning : $"{beginning}\U0010FFFF";
            parameters.AddRange(
            [
                ("CandidatesMax", CandidatesMax), ("Beginning", beginning), ("End", end),
                .. terms.Parameters(connection.Dialect, workspace.Id),
            ]);
            indexed =
                $"""
                select * from (
                  select * from item
                  where workspace_id = @Workspace and archived_at is null
                    and {begins} >= @Beginning and {begins} < @End
                  order by {begins}
                  limit @CandidatesMax) named
                union all
                select * from (
                  select item.* {source}
                  where {matches} and item.workspace_id = @Workspace and item.archived_at is null
                  limit @CandidatesMax) matching
                """;
        }
        return connection.Query(
            $"""
            select {FeedHead.Columns}, {Item.Columns}
            from member
            join feed on feed.id = member.workspace_id
            left join (
              {indexed}
            ) item on true
            where member.workspace_id = @Workspace and member.account_id = @Account
            """, parameters, static row => (
                FeedHead.Read(row),
                row.IsDBNull(FeedHead.ColumnCount) ? null : Item.Read(row, FeedHead.ColumnCount)));
    }
}
