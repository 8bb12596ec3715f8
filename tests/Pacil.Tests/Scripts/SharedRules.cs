using System.Globalization;
using System.Text.Json.Nodes;

namespace Pacil.Tests.Scripts;

/// <summary>Examples for rules that the server and the browser scripts both implement.</summary>
internal static class SharedRules
{
    public const string RightToLeft = "דנה";

    public static readonly string[] Languages = ["en", "id"];

    /// <summary>The result of a rule in each language.</summary>
    public static JsonObject Spoken(Func<JsonNode?> rule) =>
        new(Languages.Select(language => KeyValuePair.Create(language, In(language, rule))));

    private static JsonNode? In(string language, Func<JsonNode?> rule)
    {
        var (culture, texts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return rule();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, texts);
        }
    }
}
