using System.Globalization;
using System.Text;

namespace Pacil.Data.Folding;

/// <summary>
/// Text as it is compared, sorted and searched: lower case, without accents, in compatibility form (Unicode NFKD).
/// Letters that merely look accented become plain, so that "etagere" finds "Étagère" and "lodz" finds "Łódź" on both
/// databases. <c>text-folding.js</c> does the same.
/// </summary>
internal static class TextFolding
{
    /// <summary>Changes whenever keys or searchable text change; stored text is then folded again.</summary>
    public const int Version = 1;

    /// <summary>
    /// Stands between letters of scripts without spaces. Folded text never contains it, in either case. It must be a
    /// letter, because PostgreSQL's index ignores all other characters.
    /// </summary>
    public const char Joint = 'ª';

    /// <summary>UTF-16 units kept of a key, so that it fits an index row of PostgreSQL whatever it contains.</summary>
    private const int KeyLengthMax = 200;

    /// <summary>
    /// How many times longer folded text may become. Words of every script, and numbers between them, stay within this
    /// limit; but some characters stand for eighteen letters.
    /// </summary>
    private const int GrowthMax = 5;

    /// <summary>Compares keys by code points, as databases and scripts do.</summary>
    public static readonly Comparer<string> Order = Comparer<string>.Create(static (one, other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)));

    /// <summary>Whether the searchable text is longer than so many characters of words can become.</summary>
    public static bool IsTooLong(string text, int max) =>
        !Ascii.IsValid(text) && Searchable(text).Length > GrowthMax * max;

    /// <summary>For equality: folded words, separated by one space.</summary>
    public static string Key(string text) => Cut(Spaced(text).ToString());

    /// <summary>
    /// For sorting by code points. The number of its digits precedes each number, so that "M2" comes before "M10". It
    /// is one digit, from 0 for one digit to 8 for nine; each 9 before it stands for nine more. Leading zeros of a
    /// number do not count.
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
    /// For searching: each run of letters, of digits or of signs is a word, preceded by two spaces. So a trigram index
    /// finds words by their first letter ("  b") or first two (" bo"), and "6" finds "M6". In scripts without spaces,
    /// and among pictographs, words begin anywhere: a joint stands between two letters and at both ends, so that one
    /// letter makes a trigram. A joint also precedes each syllable of Hangul, so that its first letters find it.
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
        // NFKD turns ´ into a space with an accent and ″ into two signs, and throws for U+FFFE.
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
