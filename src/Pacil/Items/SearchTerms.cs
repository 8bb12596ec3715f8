using Pacil.Data;

namespace Pacil.Items;

/// <summary>
/// The words of a search: an item is found when it has them all, wherever they stand in its name or description,
/// without regard to case and accents. A word of one or two letters must begin a word of the item.
/// </summary>
internal sealed class SearchTerms
{
    private const int TermsMax = 10;

    /// <summary>The shortest that a trigram index knows.</summary>
    private const int TermLengthMin = 3;

    private readonly List<string> terms;

    private SearchTerms(List<string> terms) => this.terms = terms;

    /// <summary>A word of control characters, or of nothing but accents, is in no item.</summary>
    public bool FindsNothing => terms.Contains("");

    /// <summary>Null where there is nothing to look for.</summary>
    public static SearchTerms? Of(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : new([.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(TermsMax).Select(Term)]);

    /// <summary>What an item must be, looked at by itself.</summary>
    public string Along(Dialect dialect) => Each(term => dialect.Pick(
        sqlite: $"instr(item.search_text, {term}) > 0",
        postgres: $"item.search_text like {term}"));

    /// <summary>What matching items are selected from, by the index, and the condition.</summary>
    public (string From, string Condition) Indexed(Dialect dialect) => dialect == Dialect.Sqlite
        ? ("item_search cross join item on item.id = item_search.rowid", "item_search match @Match")
        : ($"(select * from item where workspace_id = @Workspace and {Along(dialect)} offset 0) item", "true");

    /// <summary>What <see cref="Along"/> and <see cref="Indexed"/> refer to.</summary>
    public IEnumerable<(string Name, object Value)> Parameters(Dialect dialect, long workspace)
    {
        if (dialect == Dialect.Sqlite) yield return ("Match", Match(workspace));
        for (var i = 0; i < terms.Count; i++)
            yield return ($"Term{i}", dialect.Pick(sqlite: terms[i], postgres: Pattern(terms[i])));
    }

    /// <summary>For the trigram index of SQLite: the workspace and every term, each as a phrase.</summary>
    private string Match(long workspace) =>
        string.Join(" AND ", terms.Prepend(Marker(workspace)).Select(term => $"\"{term.Replace("\"", "\"\"")}\""));

    /// <summary>The three private characters that lead a workspace's rows; see the migration's triggers.</summary>
    private static string Marker(long workspace) =>
        string.Concat(Digit(workspace / 36_000_000), Digit(workspace / 6000 % 6000), Digit(workspace % 6000));

    private static char Digit(long value) => (char)(57344 + value);

    private string Each(Func<string, string> condition) =>
        string.Join(" and ", terms.Select((_, i) => condition($"@Term{i}")));

    private static string Pattern(string term) =>
        $"%{term.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";

    private static string Term(string word)
    {
        var term = word.Any(char.IsControl) ? "" : Fold.Searchable(word).TrimStart();
        return term.Length == 0 ? "" : term.PadLeft(TermLengthMin);
    }
}
