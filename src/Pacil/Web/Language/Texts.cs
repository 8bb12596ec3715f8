using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Pacil.Web.Language;

/// <summary>
/// All strings that users see, from <c>Texts.resx</c> (English) and <c>Texts.id.resx</c> (Indonesian), in the language
/// of the current culture. They are loaded into dictionaries one time, because the resource manager's own look-up is
/// slow.
/// </summary>
internal static partial class Texts
{
    private static readonly FrozenDictionary<string, string> English = Load(CultureInfo.InvariantCulture);
    private static readonly FrozenDictionary<string, string> Indonesian = Load(CultureInfo.GetCultureInfo("id"));

    /// <summary>All strings of the current language, by key.</summary>
    public static IReadOnlyDictionary<string, string> All => In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    /// <summary>All strings of one of <see cref="Culture.Languages"/>, by key.</summary>
    public static IReadOnlyDictionary<string, string> In(string language) => language == "id" ? Indonesian : English;

    /// <summary>
    /// The string with this key, or the key itself if the string is missing. A test asserts that none is missing.
    /// </summary>
    public static string T(string key) => All.GetValueOrDefault(key, key);

    /// <summary>
    /// The string with the arguments in its placeholders. String arguments are isolated; see <see cref="Isolated"/>.
    /// </summary>
    public static string T(string key, params ReadOnlySpan<object?> arguments)
    {
        var shown = arguments.ToArray();
        for (var i = 0; i < shown.Length; i++)
            if (shown[i] is string or Text) shown[i] = Isolated($"{shown[i]}");
        return string.Format(CultureInfo.CurrentCulture, T(key), shown);
    }

    /// <summary>
    /// Encloses right-to-left text, such as a user's Arabic name, in isolating characters, so that it does not reorder
    /// the words beside it (UAX 9, 2.4.2). <c>texts.js</c> does the same in the browser.
    /// </summary>
    public static string Isolated(string text) => RightToLeft().IsMatch(text) ? $"\u2068{text}\u2069" : text;

    /// <summary>
    /// The first <paramref name="lengthMax"/> UTF-16 units of a text, on one line. Never splits a surrogate pair.
    /// </summary>
    public static string Excerpt(string text, int lengthMax)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= lengthMax) return line;
        var length = char.IsHighSurrogate(line[lengthMax - 1]) ? lengthMax - 1 : lengthMax;
        return string.Concat(line.AsSpan(0, length), "…");
    }

    /// <summary>
    /// Matches a right-to-left character. \uD802, \uD803, \uD83A and \uD83B are the high surrogates of U+10800 to
    /// U+10FFF and U+1E800 to U+1EFFF.
    /// </summary>
    [GeneratedRegex(
        @"[\u0590-\u08FF\u200F\uD802\uD803\uD83A\uD83B\uFB1D-\uFDFF\uFE70-\uFEFC]", RegexOptions.NonBacktracking)]
    private static partial Regex RightToLeft();

    private static FrozenDictionary<string, string> Load(CultureInfo culture)
    {
        var manager = new ResourceManager("Pacil.Web.Language.Texts", typeof(Texts).Assembly);
        return manager.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToFrozenDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }
}
