using System.Text;
using Pacil.Data.Folding;

namespace Pacil.Web.Requests;

/// <summary>
/// The words of a search. Each is compared with much text, so their number and length are limited, and so is the length
/// of the text before folding.
/// </summary>
internal static class SearchWords
{
    /// <summary>The whole text, in UTF-16 units.</summary>
    public const int TextLengthMax = 1_000;

    /// <summary>Letters, digits and signs of a folded word, without the spaces and joints between them.</summary>
    public const int WordLengthMax = 64;

    private const int WordsMax = 10;

    public static readonly string Limits =
        $"{TextLengthMax} characters at most; the first {WordsMax} words count, of {WordLengthMax} letters at most.";

    /// <summary>The first ten words, folded.</summary>
    /// <param name="field">The name of the field, for errors.</param>
    /// <param name="isWhole">Refuses more than ten words, because the found rows will be changed.</param>
    /// <param name="fold">Turns a word into what is compared.</param>
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
