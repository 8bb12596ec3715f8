using System.Text;
using Pacil.Data.Folding;

namespace Pacil.Web.Requests;

/// <summary>
/// Splits the text of a search into words. Each word is compared with much data, so the number and the length of the
/// words are limited. The length of the whole text is limited, too, before the text is split and folded.
/// </summary>
internal static class SearchWords
{
    /// <summary>The maximum length of the whole search text, in UTF-16 units.</summary>
    public const int TextLengthMax = 1_000;

    /// <summary>
    /// The maximum length of a folded word, in code points, not counting the separators that folding inserts.
    /// </summary>
    public const int WordLengthMax = 64;

    private const int WordsMax = 10;

    public static readonly string Limits =
        $"{TextLengthMax} characters at most; the first {WordsMax} words count, of {WordLengthMax} letters at most.";

    /// <summary>Folds the first ten words of a search text.</summary>
    /// <param name="field">The name of the request's field, for error messages.</param>
    /// <param name="isWhole">
    /// Whether to refuse a text of more than ten words. Set by callers that change the rows they find. If false, the
    /// words after the tenth are ignored.
    /// </param>
    /// <param name="fold">Folds a word into the form that is compared.</param>
    /// <exception cref="ProblemException">422: the text or a word is too long, or there are too many words.</exception>
    public static List<string> Of(string? text, string field, Func<string, string> fold, bool isWhole = false)
    {
        if (text is null) return [];
        if (text.Length > TextLengthMax)
            throw new ProblemException(Problem.Invalid(field, "error.too_long", TextLengthMax));
        var all = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (isWhole && all.Length > WordsMax)
            throw new ProblemException(Problem.Invalid(field, "error.too_many_words", WordsMax));
        var words = all.Take(WordsMax).Select(fold).Distinct().ToList();
        return words.Exists(word => word.EnumerateRunes().Count(IsOwn) > WordLengthMax)
            ? throw new ProblemException(Problem.Invalid(field, "error.word_too_long", WordLengthMax))
            : words;
    }

    private static bool IsOwn(Rune letter) => letter.Value is not (' ' or TextFolding.Joint);
}
