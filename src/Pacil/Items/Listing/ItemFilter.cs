using Pacil.Data;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items.Listing;

/// <summary>Selects the items that a list shows or that a bulk change affects.</summary>
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

    /// <exception cref="ProblemException">422 for an invalid flag, or for a search that is too long.</exception>
    public static ItemFilter Of(HttpRequest request) => new(
        SearchTerms.Of(request.Query["search"].FirstOrDefault(), "search"),
        request.Flag("low"), request.Flag("archived"), request.Flag("starred"));

    /// <summary>Reads the filter of a bulk change. Its fields are named like the query parameters of a list.</summary>
    /// <exception cref="ProblemException">422 if a word is too long, or there are too many words.</exception>
    public static ItemFilter Read(RequestFields fields) => new(
        SearchTerms.Of(fields.Line("search", SearchWords.TextLengthMax), "search", isWhole: true),
        fields.Flag("low") is true, fields.Flag("archived") is true, fields.Flag("starred") is true);

    public bool IsAny => Search is not null || IsLow || IsArchived || IsStarred;

    /// <summary>Whether a search has to look through many items. A user's starred items are always few.</summary>
    public bool IsSearchOfMany => Search is { FindsNothing: false } && !IsStarred;

    /// <summary>The condition on columns of <c>item</c>. Every sort order has an index for this condition.</summary>
    public string Condition =>
        $"""
        item.workspace_id = @Workspace and item.archived_at is {(IsArchived ? "not null" : "null")}
        {(IsLow ? "and item.amount <= item.threshold" : "")}
        """;

    /// <summary>
    /// For a list of starred items: the columns with the number of the latest entry in the caller's inbox, and the
    /// joins for these columns. The client then follows the inbox, which announces changes of stars. The columns must
    /// come last in a statement that also joins <c>member</c>.
    /// </summary>
    public (string Columns, string Joined) Inbox => IsStarred
        ? (", inbox.id, inbox.head, inbox.mark",
            "join account on account.id = member.account_id join feed inbox on inbox.id = account.inbox_id")
        : ("", "");

    /// <summary>
    /// The source of the items: the caller's starred items, the matches in the search index, or all items. It is valid
    /// only together with the returned condition and with <see cref="Condition"/>.
    /// </summary>
    public (string From, string Condition) Source(Dialect dialect) =>
        Search is { FindsNothing: true } ? ("from item", "false")
        : IsStarred ? (Starred(dialect), Search?.Along(dialect) ?? "true")
        : Search?.Indexed(dialect) ?? ("from item", "true");

    public Task<List<long>> Ids(Connection connection, CurrentWorkspace workspace, int max)
    {
        var (source, matches) = Source(connection.Dialect);
        return connection.Query(
            $"select item.id {source} where {matches} and {Condition} limit @Limit",
            [("Limit", max), .. Parameters(connection.Dialect, workspace.Id, workspace.Account)],
            static row => row.GetInt64(0));
    }

    /// <summary>The parameters of <see cref="Condition"/> and <see cref="Source"/>.</summary>
    public IEnumerable<(string Name, object Value)> Parameters(Dialect dialect, long workspace, long account) =>
        [("Workspace", workspace), ("Account", account), .. Search?.Parameters(dialect, workspace) ?? []];

    /// <summary>
    /// Reads the stars before the items, so that the cost depends on the number of stars and not on the size of the
    /// inventory. <c>cross join</c> and <c>offset 0</c> keep the databases from choosing another order.
    /// </summary>
    private static string Starred(Dialect dialect) =>
        $"""
        from (
          select item.* from star {dialect.Pick(sqlite: "cross join item", postgres: "join item")}
          on item.id = star.item_id
          where star.account_id = @Account and star.workspace_id = @Workspace
          {dialect.Pick(sqlite: "", postgres: "offset 0")}) item
        """;
}
