using System.Text;

namespace Pacil.Web.Requests;

/// <summary>
/// Characters that are invisible by themselves: Default_Ignorable_Code_Point of Unicode 16 (DerivedCoreProperties.txt).
/// Joiners, variation selectors and the tags in flags are not removed, because they change how other characters look.
/// </summary>
internal static class Invisible
{
    private static readonly (int From, int To)[] Ignorable =
    [
        (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
        (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    private static readonly (int From, int To)[] Written =
    [
        (0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200C, 0x200D), (0xFE00, 0xFE0F),
        (0xE0020, 0xE007F), (0xE0100, 0xE01EF),
    ];

    public static bool Is(Rune rune) => IsIn(Ignorable, rune);

    /// <summary>
    /// Removes invisible characters that do not change how other characters look. The most harmful ones are direction
    /// controls (UAX 9). They can reorder the characters after them, even beyond the end of this text, so that the
    /// displayed text differs from the stored text.
    /// </summary>
    public static string Remove(string text)
    {
        if (text.All(char.IsAscii) || !text.EnumerateRunes().Any(IsRemoved)) return text;
        var seen = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!IsRemoved(rune)) seen.Append(rune);
        return seen.ToString();
    }

    private static bool IsRemoved(Rune rune) => Is(rune) && !IsIn(Written, rune);

    private static bool IsIn((int From, int To)[] ranges, Rune rune) =>
        Array.Exists(ranges, range => rune.Value >= range.From && rune.Value <= range.To);
}
