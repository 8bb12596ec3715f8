using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;
using Pacil.Web.Requests;

namespace Pacil.Identity.Accounts;

/// <summary>
/// The rules for user names, so that nobody can choose a name that looks like another name. A name consists of letters,
/// combining marks and digits in common use, and <see cref="Punctuation"/>. The characters are from one script, or from
/// Latin and one other script. Greek and Cyrillic cannot be combined with Latin, because their letters look like Latin
/// letters (UTS 39, "Moderately Restrictive"). The table of characters is <c>user-names.txt</c>.
/// </summary>
internal static class UserNames
{
    private const string Punctuation = "@.+-_";

    /// <summary>No language puts more combining marks on one letter (UTS 39, 5.4).</summary>
    private const int MarksInARowMax = 4;

    /// <summary>The script mixes of Japanese, Korean and Chinese text (UTS 39, table 1a).</summary>
    private static readonly string[] Mixed = ["Jpan", "Kore", "Hanb"];

    private static readonly (int From, int To, ulong Scripts)[] Allowed;
    private static readonly int[] Starts;
    private static readonly FrozenDictionary<int, string> Prototypes;
    private static readonly ulong Latin;
    private static readonly ulong LikeLatin;

    static UserNames()
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream("user-names.txt")!);
        var lines = reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToLookup(
            line => line.Contains('>', StringComparison.Ordinal));
        var bits = lines[false].SelectMany(line => line.Split(' ')[1..]).Concat(Mixed).Distinct()
            .Select((script, bit) => (script, bit)).ToDictionary(pair => pair.script, pair => 1UL << pair.bit);
        Latin = bits["Latn"];
        LikeLatin = bits["Cyrl"] | bits["Grek"];
        Allowed = [.. lines[false].Select(line => Range(line.Split('-', ' '), bits))];
        Starts = [.. Allowed.Select(range => range.From)];
        Prototypes = lines[true].Select(line => line.Split('>')).ToFrozenDictionary(
            parts => Code(parts[0]),
            parts => string.Concat(parts[1].Split(' ').Select(code => char.ConvertFromUtf32(Code(code)))));
    }

    /// <param name="name">In Unicode normalization form KC.</param>
    public static bool IsAllowed(string name)
    {
        var (all, others) = (ulong.MaxValue, ulong.MaxValue);
        var (before, marks) = (default(Rune), 0);
        foreach (var rune in name.EnumerateRunes())
        {
            var isMark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark;
            if (Scripts(rune) is not { } scripts) return false;
            if (IsMark(rune) && !Rune.IsLetter(before) && !IsMark(before)) return false;
            marks = isMark ? marks + 1 : 0;
            if (marks > MarksInARowMax || isMark && rune == before) return false;
            all &= scripts;
            if ((scripts & Latin) == 0) others &= scripts;
            before = rune;
        }
        return all != 0 || (others & ~LikeLatin) != 0;
    }

    /// <summary>Whether an existing name may contain the character. The rule for new names is stricter.</summary>
    public static bool IsOfAName(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || IsMark(rune) || Punctuation.Contains(rune.ToString(), StringComparison.Ordinal);

    /// <summary>Two names with the same skeleton look alike (UTS 39, 4). Skeletons ignore case.</summary>
    public static string Skeleton(string name)
    {
        var text = new StringBuilder();
        foreach (var rune in name.Normalize(NormalizationForm.FormD).EnumerateRunes())
            if (!Invisible.Is(rune)) text.Append(Prototypes.GetValueOrDefault(rune.Value) ?? rune.ToString());
        return text.ToString().Normalize(NormalizationForm.FormD).ToLowerInvariant();
    }

    /// <summary>The scripts of a character, one bit each; null if no name may contain the character.</summary>
    private static ulong? Scripts(Rune rune)
    {
        if (Punctuation.Contains(rune.ToString(), StringComparison.Ordinal)) return ulong.MaxValue;
        var at = Array.BinarySearch(Starts, rune.Value);
        var range = Allowed[Math.Max(at < 0 ? ~at - 1 : at, 0)];
        return rune.Value >= range.From && rune.Value <= range.To ? range.Scripts : null;
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>
    /// Reads a range of characters and its script bits, including the bit of each script mix that contains the script.
    /// </summary>
    private static (int, int, ulong) Range(string[] parts, Dictionary<string, ulong> bits)
    {
        if (parts[2] == "*") return (Code(parts[0]), Code(parts[1]), ulong.MaxValue);
        var scripts = parts[2..].SelectMany(script => script switch
        {
            "Hani" => [script, .. Mixed],
            "Hira" or "Kana" => [script, "Jpan"],
            "Hang" => [script, "Kore"],
            "Bopo" => [script, "Hanb"],
            _ => (string[])[script],
        });
        return (Code(parts[0]), Code(parts[1]), scripts.Aggregate(0UL, (all, script) => all | bits[script]));
    }

    private static int Code(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
