using System.Text;
using Pacil.Data;
using Pacil.Data.Folding;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Items.Listing;

/// <summary>
/// The words of a search. An item matches if its name and description together contain every word, regardless of case
/// and accents. A search word of one or two letters must be the beginning of a word in the item. In scripts without
/// spaces, every letter counts as the beginning of a word.
/// </summary>
internal sealed class SearchTerms
{
    /// <summary>The minimum length in code points of a term that a trigram index can find.</summary>
    private const int TermLengthMin = 3;

    /// <summary>
    /// The maximum number of trigrams that replace a long term in a query of SQLite's index. The trigrams are spread
    /// evenly over the term.
    /// </summary>
    private const int TrigramsMax = 8;

    /// <summary>The maximum length of a string that an index is queried for. Longer terms are split.</summary>
    private const int PieceLengthMax = 16;

    private readonly List<string> terms;

    private SearchTerms(List<string> terms) => this.terms = terms;

    /// <summary>Whether a word can match no item: it has a control character or consists only of accents.</summary>
    public bool FindsNothing => terms.Contains("");

    /// <summary>Reads the words of a text; null if the text is blank.</summary>
    /// <param name="field">The name of the field, for error messages.</param>
    /// <param name="isWhole">True refuses a text with too many words; false ignores the words beyond the limit.</param>
    /// <exception cref="ProblemException">422: the text or a word is too long, or there are too many words.</exception>
    public static SearchTerms? Of(string? text, string field, bool isWhole = false) => string.IsNullOrWhiteSpace(text)
        ? null
        : new(SearchWords.Of(text, field, Term, isWhole));

    /// <summary>A SQL condition that searches the text of each item for all terms, without the search index.</summary>
    public string Along(Dialect dialect) => Each(n => dialect.Pick(
        sqlite: $"instr(item.search_text, @Term{n}) > 0",
        postgres: $"strpos(item.search_text, @Term{n}) > 0"));

    /// <summary>
    /// The source and the condition that find items with the search index. The index is queried only for parts of long
    /// terms, because long terms are expensive to find in text that repeats itself. The index can then return too many
    /// items, so the condition also searches the text of each returned item for the whole term.
    /// </summary>
    public (string From, string Condition) Indexed(Dialect dialect) => dialect == Dialect.Sqlite
        ? ("from item_search cross join item on item.id = item_search.rowid",
            string.Join(" and ", Enumerable.Range(0, terms.Count).Where(n => terms[n].Length > PieceLengthMax)
                .Select(n => $"instr(item.search_text, @Term{n}) > 0").Prepend("item_search match @Match")))
        : ($"from (select * from item where workspace_id = @Workspace and {Each(Postgres)} offset 0) item", "true");

    /// <summary>The parameters of <see cref="Along"/> and <see cref="Indexed"/>.</summary>
    public IEnumerable<(string Name, object Value)> Parameters(Dialect dialect, long workspace)
    {
        if (dialect == Dialect.Sqlite) yield return ("Match", Match(workspace));
        for (var n = 0; n < terms.Count; n++)
        {
            yield return ($"Term{n}", terms[n]);
            if (dialect == Dialect.Postgres) yield return ($"Pattern{n}", Pattern(terms[n]));
        }
    }

    /// <summary>
    /// A term that is not split is found by LIKE alone. For a longer term, the pattern allows any text between the
    /// pieces, so strpos also searches for the whole term.
    /// </summary>
    private string Postgres(int n) => terms[n].Length <= PieceLengthMax
        ? $"item.search_text like @Pattern{n}"
        : $"item.search_text like @Pattern{n} and strpos(item.search_text, @Term{n}) > 0";

    /// <summary>
    /// The query for SQLite's trigram index: the marker of the workspace (see <see cref="Marker"/>), each short term as
    /// a whole, and some trigrams of each long term. A long term as a whole would be slow in a text that repeats the
    /// term's trigrams: SQLite compares the positions of all trigrams, so the cost grows with the square of the
    /// repetitions.
    /// </summary>
    private string Match(long workspace) => string.Join(" AND ", terms
        .SelectMany(term => term.Length > PieceLengthMax ? Trigrams(term) : [term]).Prepend(Marker(workspace))
        .Distinct().Select(trigram => $"\"{trigram.Replace("\"", "\"\"")}\""));

    private static IEnumerable<string> Trigrams(string term)
    {
        var letters = term.EnumerateRunes().ToArray();
        var last = letters.Length - TermLengthMin;
        var count = Math.Min(last + 1, TrigramsMax);
        for (var n = 0; n < count; n++)
            yield return string.Concat(letters.Skip(last * n / Math.Max(1, count - 1)).Take(TermLengthMin));
    }

    /// <summary>
    /// The three private-use characters at the beginning of the indexed text of every item of a workspace. The triggers
    /// of migration 0001 write the same characters.
    /// </summary>
    private static string Marker(long workspace) =>
        string.Concat(Digit(workspace / 36_000_000), Digit(workspace / 6000 % 6000), Digit(workspace % 6000));

    private static char Digit(long value) => (char)(57344 + value);

    private string Each(Func<int, string> condition) =>
        string.Join(" and ", Enumerable.Range(0, terms.Count).Select(condition));

    /// <summary>A LIKE pattern that finds the pieces of a term in their order, with any text between them.</summary>
    private static string Pattern(string term)
    {
        var pattern = new StringBuilder("%");
        foreach (var piece in term.EnumerateRunes().Chunk(PieceLengthMax))
            pattern.Append(Escaped(string.Concat(piece))).Append('%');
        return pattern.ToString();
    }

    private static string Escaped(string piece) =>
        piece.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");

    private static string Term(string word)
    {
        var term = word.Any(char.IsControl) ? "" : TextFolding.Searchable(word).TrimStart();
        var missing = TermLengthMin - term.EnumerateRunes().Count();
        return term.Length == 0 || missing <= 0 ? term : new string(' ', missing) + term;
    }
}
