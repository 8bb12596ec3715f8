using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Pacil.Web.Language;

/// <summary>
/// Sets the language and formats of a response: those in the user's settings, otherwise those of Accept-Language.
/// </summary>
internal static class Culture
{
    /// <summary>The type of the claim that holds the language a signed-in user has chosen.</summary>
    public const string LanguageClaim = "locale";

    public static readonly IReadOnlyList<string> Languages = ["en", "id"];

    private static readonly FrozenDictionary<string, CultureInfo> Cultures =
        Languages.ToFrozenDictionary(language => language, CultureInfo.GetCultureInfo);

    public static void UseCulture(this IApplicationBuilder app)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = Cultures["en"];
        app.Use((context, next) =>
        {
            Set(context);
            return next(context);
        });
    }

    /// <summary>Sets the culture for the rest of the calling async method and for all methods that it calls.</summary>
    public static void Set(HttpContext context)
    {
        var language = context.User.FindFirst(LanguageClaim)?.Value ?? Asked(context.Request);
        var culture = Cultures[language];
        // Setting a culture copies the execution context, and for most requests the culture is already the right one.
        if (culture == CultureInfo.CurrentUICulture) return;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
    }

    private static string Asked(HttpRequest request)
    {
        var accepted = request.Headers.AcceptLanguage;
        if (accepted.Count == 0 || !StringWithQualityHeaderValue.TryParseList(accepted, out var asked)) return "en";
        return asked
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value!.Split('-', '_')[0].ToLowerInvariant())
            // "in" was the code of Indonesian until 1989, and Java clients still send it.
            .Select(language => language == "in" ? "id" : language)
            .FirstOrDefault(Cultures.ContainsKey, "en");
    }
}
