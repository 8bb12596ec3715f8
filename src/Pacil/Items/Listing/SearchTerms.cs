using System.Text;
using Pacil.Data;
using Pacil.Data.Folding;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Items.Listing;

/// <summary>
/// The words of a search. An item is found if its name or description contains them all, regardless of case and
/// accents. A word of one or two letters must begin a word of the item; in scripts without blanks every letter begins
/// one.
/// </summary>
internal sealed class SearchTerms
{
    /// <summary>The shortest term that a trigram index can find.</summary>
    private const int TermLengthMin = 3;

    /// <summary>How many trigrams of a long term SQLite's index is asked for, spread evenly over the term.</summary>
    private const int TrigramsMax = 8;

    /// <summary>The longest part of a term that an index is asked for.</summary>
    private const int PieceLengthMax = 16;

    private readonly List<string> terms;

    private SearchTerms(List<string> terms) => this.terms = terms;

    /// <summary>No item contains a word with a control character or of nothing but accents.</summary>
    public bool FindsNothing => terms.Contains("");

    /// <summary>Null if the text is blank.</summary>
    /// <param name="field">The field of the text, for errors.</param>
    /// <param name="isWhole">Whether to refuse more words than count.</param>
    /// <exception cref="ProblemException">422 if the text or a word is too long, or for too many words.</exception>
    public static SearchTerms? Of(string? text, string field, bool isWhole = false) => string.IsNullOrWhiteSpace(text)
        ? null
        : new(SearchWords.Of(text, field, Term, isWhole));

    /// <summary>The condition that looks at an item's own text, without the index.</summary>
    public string Along(Dialect dialect) => Each(n => dialect.Pick(
        sqlite: $"instr(item.search_text, @Term{n}) > 0",
        postgres: $"strpos(item.search_text, @Term{n}) > 0"));

    /// <summary>
    /// Selects items by the index, with a condition. The index is asked for parts of the terms, so the cost stays low
    /// even if a text repeats itself. The text of each item that it finds is then checked.
    /// </summary>
    public (string From, string Condition) Indexed(Dialect dialect) => dialect == Dialect.Sqlite
        ? ("item_search cross join item on item.id = item_search.rowid",
            string.Join(" and ", Enumerable.Range(0, terms.Count).Where(n => terms[n].Length > PieceLengthMax)
                .Select(n => $"instr(item.search_text, @Term{n}) > 0").Prepend("item_search match @Match")))
        : ($"(select * from item where workspace_id = @Workspace and {Each(Postgres)} offset 0) item", "true");

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

    /// <summary>A single piece is exact. Several allow anything between them, so the text is checked, too.</summary>
    private string Postgres(int n) => terms[n].Length <= PieceLengthMax
        ? $"item.search_text like @Pattern{n}"
        : $"item.search_text like @Pattern{n} and strpos(item.search_text, @Term{n}) > 0";

    /// <summary>
    /// The query for SQLite's trigram index: the workspace, short terms as they are, and trigrams of long terms. SQLite
    /// finds a phrase by the positions of all its trigrams. For a long term, that costs the square of how often they
    /// are repeated.
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

    /// <summary>The three private-use characters that begin a workspace's rows; see the migration's triggers.</summary>
    private static string Marker(long workspace) =>
        string.Concat(Digit(workspace / 36_000_000), Digit(workspace / 6000 % 6000), Digit(workspace % 6000));

    private static char Digit(long value) => (char)(57344 + value);

    private string Each(Func<int, string> condition) =>
        string.Join(" and ", Enumerable.Range(0, terms.Count).Select(condition));

    /// <summary>The pieces of a term in order, with anything between them.</summary>
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
