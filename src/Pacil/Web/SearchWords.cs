using System.Text;
using Pacil.Data;

namespace Pacil.Web;

/// <summary>
/// The words that somebody looks for. Each is compared with much text, so how many there are and how long each may be
/// is limited, and the text before it is folded.
/// </summary>
internal static class SearchWords
{
    /// <summary>Of the whole text, UTF-16 units.</summary>
    public const int TextLengthMax = 1_000;

    /// <summary>Letters, digits and signs of a folded word, and not what stands between them.</summary>
    public const int WordLengthMax = 64;

    private const int WordsMax = 10;

    public static readonly string Limits =
        $"{TextLengthMax} characters at most; the first {WordsMax} words count, of {WordLengthMax} letters at most.";

    /// <summary>The first ten, folded.</summary>
    /// <param name="field">Where the text stands.</param>
    /// <param name="isWhole">More than ten are refused, as what is found will be changed.</param>
    /// <param name="fold">Makes of a word what is compared.</param>
    /// <exception cref="ProblemException">422: the text is too long, or a word of it, or has too many.</exception>
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
