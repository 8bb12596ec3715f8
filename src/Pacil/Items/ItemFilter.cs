using Pacil.Data;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Items;

/// <summary>Which items somebody means: what a list shows.</summary>
internal sealed record ItemFilter(SearchTerms? Search, bool IsLow, bool IsArchived, bool IsStarred)
{
    /// <summary>As an address names them.</summary>
    public static readonly Parameter[] Asked =
    [
        Parameter.Text("search", $"What the name or the description holds. {SearchWords.Limits}"),
        Parameter.Flag("low", "Those that are at or below their threshold."),
        Parameter.Flag("archived", "Those that are archived, in place of the others."),
        Parameter.Flag("starred", "Those that you have starred."),
    ];

    public static readonly IReadOnlyList<string> Names = [.. Asked.Select(parameter => parameter.Name)];

    /// <exception cref="ProblemException">422 neither yes nor no, or too long.</exception>
    public static ItemFilter Of(HttpRequest request) => new(
        SearchTerms.Of(request.Query["search"].FirstOrDefault(), "search"),
        request.Flag("low"), request.Flag("archived"), request.Flag("starred"));

    /// <summary>Of fields with the same names, for a change of all that it lets pass.</summary>
    /// <exception cref="ProblemException">422 a word that is too long, or too many words.</exception>
    public static ItemFilter Read(RequestFields fields) => new(
        SearchTerms.Of(fields.Line("search", SearchWords.TextLengthMax), "search", isWhole: true),
        fields.Flag("low") is true, fields.Flag("archived") is true, fields.Flag("starred") is true);

    public bool IsAny => Search is not null || IsLow || IsArchived || IsStarred;

    /// <summary>Many items may be meant, and only some of them are what is searched for.</summary>
    public bool IsSearchOfMany => Search is { FindsNothing: false } && !IsStarred;

    /// <summary>Of items, a condition that an index serves in every order.</summary>
    public string Condition =>
        $"""
        item.workspace_id = @Workspace and item.archived_at is {(IsArchived ? "not null" : "null")}
        {(IsLow ? "and item.amount <= item.threshold" : "")}
        """;

    /// <summary>Stars are told in the caller's inbox: its place, the last in each row, joined to a member.</summary>
    public (string Columns, string Joined) Inbox => IsStarred
        ? (", inbox.id, inbox.head, inbox.mark",
            "join account on account.id = member.account_id join feed inbox on inbox.id = account.inbox_id")
        : ("", "");

    /// <summary>
    /// What they are selected from, and the condition beside the other: the few that have a star, what an index finds,
    /// or all there are.
    /// </summary>
    public (string From, string Condition) Source(Dialect dialect) =>
        Search is { FindsNothing: true } ? ("item", "false")
        : IsStarred ? (Starred(dialect), Search?.Along(dialect) ?? "true")
        : Search?.Indexed(dialect) ?? ("item", "true");

    /// <summary>The ids of those meant, so many at most.</summary>
    public Task<List<long>> Ids(Connection connection, CurrentWorkspace workspace, int max)
    {
        var (source, matches) = Source(connection.Dialect);
        return connection.Query(
            $"select item.id from {source} where {matches} and {Condition} limit @Limit",
            [("Limit", max), .. Parameters(connection.Dialect, workspace.Id, workspace.Account)],
            static row => row.GetInt64(0));
    }

    /// <summary>What <see cref="Condition"/> and <see cref="Source"/> refer to.</summary>
    public IEnumerable<(string Name, object Value)> Parameters(Dialect dialect, long workspace, long account) =>
        [("Workspace", workspace), ("Account", account), .. Search?.Parameters(dialect, workspace) ?? []];

    /// <summary>The stars come first, so that it costs what they are and not what the inventory is.</summary>
    private static string Starred(Dialect dialect) =>
        $"""
        (select item.* from star {dialect.Pick(sqlite: "cross join", postgres: "join")} item on item.id = star.item_id
         where star.account_id = @Account and star.workspace_id = @Workspace
         {dialect.Pick(sqlite: "", postgres: "offset 0")}) item
        """;
}
