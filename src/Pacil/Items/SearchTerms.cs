using System.Text;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Items;

/// <summary>
/// The words of a search: an item is found when it has them all, wherever they stand in its name or description,
/// without regard to case and accents. A word of one or two letters must begin a word of the item; in scripts without
/// blanks every letter does.
/// </summary>
internal sealed class SearchTerms
{
    /// <summary>The shortest that a trigram index knows.</summary>
    private const int TermLengthMin = 3;

    /// <summary>So many trigrams of a term are asked of SQLite's index, evenly spread over it.</summary>
    private const int TrigramsMax = 8;

    /// <summary>So much of a term an index is asked for at once.</summary>
    private const int PieceLengthMax = 16;

    private readonly List<string> terms;

    private SearchTerms(List<string> terms) => this.terms = terms;

    /// <summary>A word of control characters, or of nothing but accents, is in no item.</summary>
    public bool FindsNothing => terms.Contains("");

    /// <summary>Null where there is nothing to look for.</summary>
    /// <param name="field">Where the text stands.</param>
    /// <param name="isWhole">More words than count are refused.</param>
    /// <exception cref="ProblemException">422: the text is too long, or a word of it, or has too many.</exception>
    public static SearchTerms? Of(string? text, string field, bool isWhole = false) => string.IsNullOrWhiteSpace(text)
        ? null
        : new(SearchWords.Of(text, field, Term, isWhole));

    /// <summary>What an item must be, looked at by itself.</summary>
    public string Along(Dialect dialect) => Each(n => dialect.Pick(
        sqlite: $"instr(item.search_text, @Term{n}) > 0",
        postgres: $"strpos(item.search_text, @Term{n}) > 0"));

    /// <summary>
    /// What items are selected from, by the index, and the condition. An index is asked for parts of the terms, which
    /// costs it little however a text repeats itself; what it finds so is looked at by itself.
    /// </summary>
    public (string From, string Condition) Indexed(Dialect dialect) => dialect == Dialect.Sqlite
        ? ("item_search cross join item on item.id = item_search.rowid",
            string.Join(" and ", Enumerable.Range(0, terms.Count).Where(n => terms[n].Length > PieceLengthMax)
                .Select(n => $"instr(item.search_text, @Term{n}) > 0").Prepend("item_search match @Match")))
        : ($"(select * from item where workspace_id = @Workspace and {Each(Postgres)} offset 0) item", "true");

    /// <summary>What <see cref="Along"/> and <see cref="Indexed"/> refer to.</summary>
    public IEnumerable<(string Name, object Value)> Parameters(Dialect dialect, long workspace)
    {
        if (dialect == Dialect.Sqlite) yield return ("Match", Match(workspace));
        for (var n = 0; n < terms.Count; n++)
        {
            yield return ($"Term{n}", terms[n]);
            if (dialect == Dialect.Postgres) yield return ($"Pattern{n}", Pattern(terms[n]));
        }
    }

    /// <summary>A pattern of one piece says all; one of several leaves open what stands between them.</summary>
    private string Postgres(int n) => terms[n].Length <= PieceLengthMax
        ? $"item.search_text like @Pattern{n}"
        : $"item.search_text like @Pattern{n} and strpos(item.search_text, @Term{n}) > 0";

    /// <summary>
    /// For the trigram index of SQLite: the workspace, short terms as they are, and trigrams of long ones. As a phrase
    /// a term is found by the places of all its trigrams, which for a long one takes the square of how often these
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

    /// <summary>The three private characters that lead a workspace's rows; see the migration's triggers.</summary>
    private static string Marker(long workspace) =>
        string.Concat(Digit(workspace / 36_000_000), Digit(workspace / 6000 % 6000), Digit(workspace % 6000));

    private static char Digit(long value) => (char)(57344 + value);

    private string Each(Func<int, string> condition) =>
        string.Join(" and ", Enumerable.Range(0, terms.Count).Select(condition));

    /// <summary>The pieces of a term one after the other, and anything between them.</summary>
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
