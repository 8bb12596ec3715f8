using System.Globalization;
using System.Text;

namespace Pacil.Data.Folding;

/// <summary>
/// Folds text so that it can be compared, sorted and searched: to lower case, without accents, in compatibility form
/// (Unicode NFKD). Letters such as "ł", which NFKD does not decompose, become plain letters, too. So "etagere" finds
/// "Étagère" and "lodz" finds "Łódź" on both databases. <c>text-folding.js</c> implements the same rules.
/// </summary>
internal static class TextFolding
{
    /// <summary>
    /// The version of the folding rules. Raise it with every change of the rules: Pacil then folds the stored text of
    /// all items again.
    /// </summary>
    public const int Version = 1;

    /// <summary>
    /// Separates letters in searchable text of writing systems without spaces. Folding turns this character into "a",
    /// so folded text never contains it. It must be a letter, because PostgreSQL's trigram index ignores signs.
    /// </summary>
    public const char Joint = 'ª';

    /// <summary>
    /// The maximum length of a key for comparing or sorting, in UTF-16 units. A longer key is cut, so that every key
    /// fits into an index row of PostgreSQL.
    /// </summary>
    private const int KeyLengthMax = 200;

    /// <summary>
    /// The maximum length of the searchable form of a text, as a multiple of the text's length limit. Words and numbers
    /// of every writing system stay within this factor, but a few single characters fold to eighteen letters.
    /// </summary>
    private const int GrowthMax = 5;

    /// <summary>Compares keys by code point, as both databases and <c>text-folding.js</c> do.</summary>
    public static readonly Comparer<string> Order = Comparer<string>.Create(static (one, other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)));

    /// <summary>Whether the searchable form of a text is too long compared with the text's length limit.</summary>
    /// <param name="max">The length limit of the text itself, in characters.</param>
    public static bool IsTooLong(string text, int max) =>
        !Ascii.IsValid(text) && Searchable(text).Length > GrowthMax * max;

    /// <summary>The key for testing equality: folded words, separated by one space.</summary>
    public static string Key(string text) => Cut(Spaced(text).ToString());

    /// <summary>
    /// The key for sorting by code point. A code for the digit count precedes each number, so that "M2" (key "m02")
    /// sorts before "M10" (key "m110"). The code is the digit count minus one: "0" for one digit, "8" for nine digits.
    /// For longer numbers, each "9" before this code adds nine digits: "90" for ten digits. Leading zeros of a number
    /// are removed.
    /// </summary>
    public static string SortKey(string text)
    {
        var key = Spaced(text);
        var sorted = new StringBuilder(key.Length + 16);
        for (int at = 0, end; at < key.Length; at = end)
        {
            for (end = at; end < key.Length && char.IsAsciiDigit(key[end]);) end++;
            if (end == at) sorted.Append(key[end++]);
            else
            {
                while (at < end - 1 && key[at] == '0') at++;
                var more = end - at - 1;
                sorted.Append('9', more / 9).Append((char)('0' + more % 9)).Append(key, at, end - at);
            }
        }
        return Cut(sorted.ToString());
    }

    /// <summary>
    /// The text that a trigram index searches. Each run of letters, of digits or of signs is a word, and two spaces
    /// precede each word. So the index finds a word by its first letter ("  b") or its first two letters (" bo"), and
    /// "6" finds "M6".
    /// <para>
    /// In writing systems without spaces, and among pictographs, a word can begin at any letter. There the
    /// <see cref="Joint"/> stands between two letters and at both ends, so that each letter makes a trigram by itself.
    /// A joint also precedes each Korean syllable, so that the index finds a syllable by its first letters.
    /// </para>
    /// </summary>
    public static string Searchable(string text)
    {
        var plain = Plain(text);
        var searchable = new StringBuilder(plain.Length + plain.Length / 2);
        var before = LetterKind.Space;
        for (int at = 0, length; at < plain.Length; at += length)
        {
            Rune.DecodeFromUtf16(plain.AsSpan(at), out var rune, out length);
            var kind = LetterKinds.Of(rune);
            if (kind != LetterKind.Space)
            {
                if (kind != before) searchable.Append("  ");
                if (kind == LetterKind.Unspaced && kind != before
                    || kind == LetterKind.Hangul && LetterKinds.BeginsSyllable(rune)) searchable.Append(Joint);
                searchable.Append(plain, at, length);
                if (kind == LetterKind.Unspaced) searchable.Append(Joint);
            }
            before = kind;
        }
        return searchable.ToString();
    }

    private static StringBuilder Spaced(string text)
    {
        var plain = Plain(text);
        var spaced = new StringBuilder(plain.Length);
        var before = LetterKind.Space;
        for (int at = 0, length; at < plain.Length; at += length)
        {
            Rune.DecodeFromUtf16(plain.AsSpan(at), out var rune, out length);
            var kind = LetterKinds.Of(rune);
            if (kind != LetterKind.Space)
            {
                if (before == LetterKind.Space && spaced.Length > 0) spaced.Append(' ');
                spaced.Append(plain, at, length);
            }
            before = kind;
        }
        return spaced;
    }

    private static string Plain(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        var plain = new StringBuilder(text.Length + 16);
        Span<char> utf16 = stackalloc char[2];
        // Replace three characters before NFKD, which turns ´ into a space with an accent, turns ″ into two signs, and
        // throws for U+FFFE.
        var signs = text.Replace('´', '\'').Replace('″', '"').Replace('\uFFFE', '\uFFFF');
        foreach (var rune in signs.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (rune.IsAscii) plain.Append(char.ToLowerInvariant((char)rune.Value));
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark or UnicodeCategory.Format))
            {
                var small = Rune.ToLowerInvariant(rune);
                if (Letters.PlainOf(small) is { } letters) plain.Append(letters);
                else plain.Append(utf16[..small.EncodeToUtf16(utf16)]);
            }
        }
        return plain.ToString();
    }

    private static string Cut(string key) => key.Length <= KeyLengthMax ? key
        : key[..(char.IsHighSurrogate(key[KeyLengthMax - 1]) ? KeyLengthMax - 1 : KeyLengthMax)];
}
