using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;

namespace Pacil.Web;

/// <summary>
/// Everything Pacil says to people, from <c>Texts.resx</c> (English) and <c>Texts.id.resx</c> (Indonesian), in the
/// language of the current culture. Read once: the resource manager's own look-up costs more than a table row.
/// </summary>
internal static class Texts
{
    private static readonly FrozenDictionary<string, string> English = Load(CultureInfo.InvariantCulture);
    private static readonly FrozenDictionary<string, string> Indonesian = Load(CultureInfo.GetCultureInfo("id"));

    /// <summary>Every text of the current language by its key.</summary>
    public static IReadOnlyDictionary<string, string> All => In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    /// <summary>Every text of one of <see cref="Culture.Languages"/> by its key.</summary>
    public static IReadOnlyDictionary<string, string> In(string language) => language == "id" ? Indonesian : English;

    /// <summary>The text, or its key where the text is missing (a test sees to it that none is).</summary>
    public static string T(string key) => All.GetValueOrDefault(key, key);

    public static string T(string key, params ReadOnlySpan<object?> arguments) =>
        string.Format(CultureInfo.CurrentCulture, T(key), arguments);

    private static FrozenDictionary<string, string> Load(CultureInfo culture)
    {
        var manager = new ResourceManager("Pacil.Web.Texts", typeof(Texts).Assembly);
        return manager.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToFrozenDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }
}

/// <summary>A sentence not yet said: it is put into words in the language of whoever reads it.</summary>
internal sealed record Text(string Key, params object?[] Arguments)
{
    public override string ToString() => Texts.T(Key, Arguments);
}
