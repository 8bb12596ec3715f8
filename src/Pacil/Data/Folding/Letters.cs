using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Pacil.Data.Folding;

/// <summary>
/// The foldings of letters, digits and signs for which Unicode has no rule. They are read from
/// <c>wwwroot/js/core/letters.js</c>, so that server and JavaScript client fold text in the same way.
/// </summary>
internal static class Letters
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true };

    private static readonly FrozenDictionary<int, string> Plain;
    private static readonly (int From, int To)[] Unspaced;

    static Letters()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("letters.js")!);
        var module = reader.ReadToEnd();
        Plain = Rows(module, "LETTERS").Select(row => row.Split(' ')).SelectMany(row => Pairs(row[0], row[1]))
            .ToFrozenDictionary(pair => pair.Code, pair => pair.Plain);
        Unspaced =
            [.. Rows(module, "UNSPACED").Select(row => row.Split('-')).Select(row => (Code(row[0]), Code(row[1])))];
    }

    /// <summary>The plain form of a lower-case letter, a digit or a sign; null if it folds to itself.</summary>
    public static string? PlainOf(Rune rune) => Plain.GetValueOrDefault(rune.Value);

    /// <summary>Whether the letter belongs to a writing system without spaces between words.</summary>
    public static bool IsUnspaced(Rune rune)
    {
        foreach (var (from, to) in Unspaced)
            if (rune.Value <= to) return rune.Value >= from;
        return false;
    }

    /// <summary>Reads an array of strings from the JavaScript module: JSON, apart from a trailing comma.</summary>
    private static List<string> Rows(string module, string name)
    {
        var from = module.IndexOf($"{name} = [", StringComparison.Ordinal) + name.Length + " = ".Length;
        var to = module.IndexOf("\n]", from, StringComparison.Ordinal) + "\n]".Length;
        using var rows = JsonDocument.Parse(module.AsMemory(from, to - from), Lenient);
        return [.. rows.RootElement.EnumerateArray().Select(row => row.GetString()!)];
    }

    private static IEnumerable<(int Code, string Plain)> Pairs(string plain, string letters) => plain == "0"
        ? letters.EnumerateRunes().SelectMany(zero =>
            Enumerable.Range(0, 10).Select(n => (zero.Value + n, n.ToString(CultureInfo.InvariantCulture))))
        : letters.EnumerateRunes().Select(letter => (letter.Value, plain));

    private static int Code(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
