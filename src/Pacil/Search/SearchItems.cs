using Pacil.Data;
using Pacil.Items;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Search;

/// <summary>
/// The best items for what somebody types: the whole name first, then names that begin with it, then words that do,
/// then the rest. Two indexes bring a bounded number of candidates, ranked here; no query sorts every hit.
/// </summary>
internal static class SearchItems
{
    private const int CandidatesMax = 200;
    private const int ResultsDefault = 50;

    public static async Task<IResult> Handle(CurrentWorkspace workspace, HttpRequest request)
    {
        var found = await Find(workspace, request.Query["q"].FirstOrDefault(), Paging.Of(request, "rank").Limit);
        return found is null ? Problem.NotFound : Answer.Ok(found, ItemsJson.Default.ListItem);
    }

    /// <summary>The best first; null where the caller is no member.</summary>
    public static async Task<List<Item>?> Find(CurrentWorkspace workspace, string? text, int limit = ResultsDefault)
    {
        var candidates = await workspace.Read(connection => Candidates(connection, workspace, text));
        if (candidates is null) return null;
        var key = Fold.Key(text ?? "");
        return [.. candidates
            .DistinctBy(item => item.Id)
            .Select(item => (Item: item, Name: Fold.Key(item.Name)))
            .OrderBy(candidate => Rank(candidate.Name, key))
            .ThenBy(candidate => candidate.Name.Length)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Item)
            .Take(limit)];
    }

    private static int Rank(string name, string key) =>
        name == key ? 0
        : name.StartsWith(key, StringComparison.Ordinal) ? 1
        : name.Contains($" {key}", StringComparison.Ordinal) ? 2
        : name.Contains(key, StringComparison.Ordinal) ? 3
        : 4;

    private static async Task<List<Item>?> Candidates(Connection connection, CurrentWorkspace workspace, string? text)
    {
        var terms = SearchTerms.Of(text);
        if (terms is null or { FindsNothing: true }) return await IsMember(connection, workspace) ? [] : null;
        var key = Fold.Key(text!);
        var (source, matches) = terms.Indexed(connection.Dialect);
        List<(string, object)> parameters =
        [
            ("Workspace", workspace.Id), ("Account", workspace.Account), ("CandidatesMax", CandidatesMax),
            ("Key", key), ("KeyEnd", $"{key}\U0010FFFF"),
            .. terms.Parameters(connection.Dialect, workspace.Id),
        ];
        var rows = await connection.Query(
            $"""
            select {Item.Columns} from member left join (
              select * from (
                select * from item
                where workspace_id = @Workspace and archived_at is null and name_key >= @Key and name_key < @KeyEnd
                order by name_key
                limit @CandidatesMax) named
              union all
              select * from (
                select item.* from {source}
                where {matches} and item.workspace_id = @Workspace and item.archived_at is null
                limit @CandidatesMax) matching
            ) item on true
            where member.workspace_id = @Workspace and member.account_id = @Account
            """, parameters, static row => row.IsDBNull(0) ? null : Item.Read(row, 0));
        return rows.Count == 0 ? null : [.. rows.OfType<Item>()];
    }

    private static async Task<bool> IsMember(Connection connection, CurrentWorkspace workspace) =>
        await connection.First<int>(
            "select 1 from member where workspace_id = @Workspace and account_id = @Account",
            new { Workspace = workspace.Id, workspace.Account }) == 1;
}
