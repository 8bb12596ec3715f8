using System.Globalization;
using System.Text;

namespace Pacil.Data.Folding;

/// <summary>Determines the kind of a character, by its Unicode category and its code point.</summary>
internal static class LetterKinds
{
    private static readonly LetterKind[] Ascii = [.. Enumerable.Range(0, 128).Select(code => Find(new Rune(code)))];

    public static LetterKind Of(Rune rune) => rune.IsAscii ? Ascii[rune.Value] : Find(rune);

    /// <summary>Whether a Korean letter is a leading consonant: the first letter of a syllable.</summary>
    public static bool BeginsSyllable(Rune hangul) => hangul.Value is <= 0x115F or (>= 0xA960 and <= 0xA97F);

    private static LetterKind Find(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Control or UnicodeCategory.PrivateUse => LetterKind.Space,
        <= UnicodeCategory.OtherLetter or UnicodeCategory.SpacingCombiningMark =>
            IsHangul(rune.Value) ? LetterKind.Hangul
            : Letters.IsUnspaced(rune) ? LetterKind.Unspaced
            : LetterKind.Letter,
        <= UnicodeCategory.OtherNumber => LetterKind.Digit,
        UnicodeCategory.OtherSymbol => LetterKind.Unspaced,
        _ => LetterKind.Sign,
    };

    private static bool IsHangul(int code) =>
        code is (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97F) or (>= 0xD7B0 and <= 0xD7FF);
}
