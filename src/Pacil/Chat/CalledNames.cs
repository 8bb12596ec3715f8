using System.Buffers;
using System.Text;
using Pacil.Identity.Accounts;

namespace Pacil.Chat;

/// <summary>Finds the user names that an @ in a text may refer to, whether such accounts exist or not.</summary>
internal static class CalledNames
{
    private const int ReadingsMax = 64;

    /// <summary>
    /// The code points of scripts in which a word may follow a name without a space: Thai and Lao, Myanmar, Khmer,
    /// Chinese and Japanese, Korean. <c>message-parts.js</c> has the same table.
    /// </summary>
    private static readonly (int From, int To)[] WithoutBlanks =
    [
        (0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x9FFF), (0xAC00, 0xD7FF), (0xF900, 0xFAFF),
        (0xFF66, 0xFFDC), (0x20000, 0x3FFFF),
    ];

    /// <summary>
    /// Returns the user names that the @ at a position may refer to, the longest first. A full stop may belong to the
    /// name or end the sentence. In scripts without spaces, a name may end after any letter. The @ of an e-mail address
    /// refers to nobody.
    /// </summary>
    public static IEnumerable<(string Key, int Length)> At(string text, int at)
    {
        if (Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var before, out _) == OperationStatus.Done
            && UserNames.IsOfAName(before) && !IsWithoutBlanks(before))
            return [];
        var runes = text.AsSpan(at + 1, Math.Min(Account.UsernameLengthMax, text.Length - at - 1)).EnumerateRunes();
        var name = new List<Rune>();
        foreach (var rune in runes)
        {
            if (!UserNames.IsOfAName(rune)) break;
            name.Add(rune);
        }
        return Ends(name).TakeLast(ReadingsMax).Select(
            end => text.Substring(at + 1, name.Take(end).Sum(rune => rune.Utf16SequenceLength))).Select(
            reading => (Account.Key(reading), reading.Length));
    }

    /// <summary>The lengths in code points at which the name may end, the longest first.</summary>
    private static IEnumerable<int> Ends(List<Rune> name)
    {
        var mayEnd = true;
        for (var end = name.Count; end > 0; end--)
        {
            var last = name[end - 1];
            if (mayEnd || IsWithoutBlanks(last)) yield return end;
            mayEnd = IsWithoutBlanks(last) || mayEnd && last.IsAscii && !Rune.IsLetterOrDigit(last);
        }
    }

    private static bool IsWithoutBlanks(Rune rune) =>
        Array.Exists(WithoutBlanks, range => rune.Value >= range.From && rune.Value <= range.To);
}
