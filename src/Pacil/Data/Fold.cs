using System.Globalization;
using System.Text;

namespace Pacil.Data;

/// <summary>
/// Text as it is compared, sorted and searched: lower case, without accents, compatible forms made one
/// (Unicode NFKD), so that "etagere" finds "Étagère" on every database alike.
/// </summary>
internal static class Fold
{
    /// <summary>UTF-16 units kept of a key, so that it fits PostgreSQL's index rows whatever it is made of.</summary>
    private const int KeyLengthMax = 200;

    /// <summary>
    /// How many times longer text may become when it is folded: words of every script, and numbers between them, stay
    /// within. There are characters that stand for eighteen letters.
    /// </summary>
    private const int GrowthMax = 4;

    /// <summary>Whether text is longer, as it is searched, than so many characters can be in words.</summary>
    public static bool IsTooLong(string text, int max) =>
        !Ascii.IsValid(text) && Searchable(text).Length > GrowthMax * max;

    /// <summary>For sorting and for equality: words one space apart.</summary>
    public static string Key(string text)
    {
        var key = Plain(text, static (previous, current) =>
            current.IsSpace ? "" : previous.IsSpace ? " " : "").TrimStart();
        return key.Length <= KeyLengthMax ? key
            : key[..(char.IsHighSurrogate(key[KeyLengthMax - 1]) ? KeyLengthMax - 1 : KeyLengthMax)];
    }

    /// <summary>
    /// For searching: each run of letters, of digits and of signs is a word, led by two spaces. So a trigram
    /// index finds words that begin with one letter ("  b") or two (" bo"), and "M6" is found by "6".
    /// </summary>
    public static string Searchable(string text) => Plain(text, static (previous, current) =>
        current.IsSpace || current == previous ? "" : "  ");

    private static string Plain(string text, Func<Kind, Kind, string> separator)
    {
        var plain = new StringBuilder(text.Length + 16);
        var previous = Kind.Space;
        Span<char> utf16 = stackalloc char[2];
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
                continue;
            var kind = Kind.Of(category);
            plain.Append(separator(previous, kind));
            if (!kind.IsSpace) plain.Append(utf16[..Rune.ToLowerInvariant(rune).EncodeToUtf16(utf16)]);
            previous = kind;
        }
        return plain.ToString();
    }

    private readonly record struct Kind(char Letter)
    {
        public static readonly Kind Space = new(' ');

        public bool IsSpace => this == Space;

        public static Kind Of(UnicodeCategory category) => category switch
        {
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Control or UnicodeCategory.PrivateUse => Space,
            <= UnicodeCategory.OtherLetter or UnicodeCategory.SpacingCombiningMark => new('a'),
            <= UnicodeCategory.OtherNumber => new('0'),
            _ => new('.'),
        };
    }
}
