using Pacil.Data;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items.Listing;

/// <summary>Which items a list shows or a change of many affects.</summary>
internal sealed record ItemFilter(SearchTerms? Search, bool IsLow, bool IsArchived, bool IsStarred)
{
    public static readonly Parameter[] Asked =
    [
        Parameter.Text("search", $"What the name or the description holds. {SearchWords.Limits}"),
        Parameter.Flag("low", "Those that are at or below their threshold."),
        Parameter.Flag("archived", "Those that are archived, in place of the others."),
        Parameter.Flag("starred", "Those that you have starred."),
    ];

    public static readonly IReadOnlyList<string> Names = [.. Asked.Select(parameter => parameter.Name)];

    /// <exception cref="ProblemException">422 for a wrong flag, or a search that is too long.</exception>
    public static ItemFilter Of(HttpRequest request) => new(
        SearchTerms.Of(request.Query["search"].FirstOrDefault(), "search"),
        request.Flag("low"), request.Flag("archived"), request.Flag("starred"));

    /// <summary>Reads fields with the same names, for a change of all items that match.</summary>
    /// <exception cref="ProblemException">422 if a word is too long, or there are too many words.</exception>
    public static ItemFilter Read(RequestFields fields) => new(
        SearchTerms.Of(fields.Line("search", SearchWords.TextLengthMax), "search", isWhole: true),
        fields.Flag("low") is true, fields.Flag("archived") is true, fields.Flag("starred") is true);

    public bool IsAny => Search is not null || IsLow || IsArchived || IsStarred;

    /// <summary>Whether a search has many items to look through. Starred items are few.</summary>
    public bool IsSearchOfMany => Search is { FindsNothing: false } && !IsStarred;

    /// <summary>A condition on item that an index serves in every order.</summary>
    public string Condition =>
        $"""
        item.workspace_id = @Workspace and item.archived_at is {(IsArchived ? "not null" : "null")}
        {(IsLow ? "and item.amount <= item.threshold" : "")}
        """;

    /// <summary>The inbox's position, which covers stars, as the last columns. Needs a join with member.</summary>
    public (string Columns, string Joined) Inbox => IsStarred
        ? (", inbox.id, inbox.head, inbox.mark",
            "join account on account.id = member.account_id join feed inbox on inbox.id = account.inbox_id")
        : ("", "");

    /// <summary>
    /// Where the items come from (the few with a star, what the search index finds, or all), and a condition besides
    /// <see cref="Condition"/>.
    /// </summary>
    public (string From, string Condition) Source(Dialect dialect) =>
        Search is { FindsNothing: true } ? ("item", "false")
        : IsStarred ? (Starred(dialect), Search?.Along(dialect) ?? "true")
        : Search?.Indexed(dialect) ?? ("item", "true");

    public Task<List<long>> Ids(Connection connection, CurrentWorkspace workspace, int max)
    {
        var (source, matches) = Source(connection.Dialect);
        return connection.Query(
            $"select item.id from {source} where {matches} and {Condition} limit @Limit",
            [("Limit", max), .. Parameters(connection.Dialect, workspace.Id, workspace.Account)],
            static row => row.GetInt64(0));
    }

    /// <summary>The parameters of <see cref="Condition"/> and <see cref="Source"/>.</summary>
    public IEnumerable<(string Name, object Value)> Parameters(Dialect dialect, long workspace, long account) =>
        [("Workspace", workspace), ("Account", account), .. Search?.Parameters(dialect, workspace) ?? []];

    /// <summary>Starts with the stars, so that the cost depends on their number and not on the inventory.</summary>
    private static string Starred(Dialect dialect) =>
        $"""
        (select item.* from star {dialect.Pick(sqlite: "cross join", postgres: "join")} item on item.id = star.item_id
         where star.account_id = @Account and star.workspace_id = @Workspace
         {dialect.Pick(sqlite: "", postgres: "offset 0")}) item
        """;
}
