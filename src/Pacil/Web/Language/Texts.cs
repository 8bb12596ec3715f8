using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Pacil.Web.Language;

/// <summary>
/// All texts for people, from <c>Texts.resx</c> (English) and <c>Texts.id.resx</c> (Indonesian), in the language of the
/// current culture. Loaded once, because the resource manager's own look-up is slow.
/// </summary>
internal static partial class Texts
{
    private static readonly FrozenDictionary<string, string> English = Load(CultureInfo.InvariantCulture);
    private static readonly FrozenDictionary<string, string> Indonesian = Load(CultureInfo.GetCultureInfo("id"));

    /// <summary>Every text of the current language by its key.</summary>
    public static IReadOnlyDictionary<string, string> All => In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    /// <summary>Every text of one of <see cref="Culture.Languages"/> by its key.</summary>
    public static IReadOnlyDictionary<string, string> In(string language) => language == "id" ? Indonesian : English;

    /// <summary>The text, or its key if the text is missing (a test asserts that none is).</summary>
    public static string T(string key) => All.GetValueOrDefault(key, key);

    /// <summary>The text with these arguments; those that users have typed keep their own direction.</summary>
    public static string T(string key, params ReadOnlySpan<object?> arguments)
    {
        var shown = arguments.ToArray();
        for (var i = 0; i < shown.Length; i++)
            if (shown[i] is string or Text) shown[i] = Isolated($"{shown[i]}");
        return string.Format(CultureInfo.CurrentCulture, T(key), shown);
    }

    /// <summary>
    /// Isolates what a user has typed, for use inside a text, so that a right-to-left name does not reorder the words
    /// beside it (UAX 9, 2.4.2). <c>texts.js</c> does the same.
    /// </summary>
    public static string Isolated(string text) => RightToLeft().IsMatch(text) ? $"\u2068{text}\u2069" : text;

    /// <summary>The surrogates are the high ones of U+10800 to U+10FFF and U+1E800 to U+1EFFF.</summary>
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
