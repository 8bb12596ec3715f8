using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Pacil.Web;

/// <summary>
/// Which language, and how numbers and dates look: the account's choice, else what the browser asks for.
/// </summary>
internal static class Culture
{
    /// <summary>The claim with the language that a signed-in user has chosen.</summary>
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

    /// <summary>From here to the end of the calling method, and in what it calls.</summary>
    public static void Set(HttpContext context)
    {
        var language = context.User.FindFirst(LanguageClaim)?.Value ?? Asked(context.Request);
        var culture = Cultures[language];
        // Setting it copies the execution context; most requests have the right one already.
        if (culture == CultureInfo.CurrentUICulture) return;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
    }

    /// <summary>The first language of Accept-Language, by its weights, that Pacil speaks.</summary>
    private static string Asked(HttpRequest request)
    {
        var accepted = request.Headers.AcceptLanguage;
        if (accepted.Count == 0 || !StringWithQualityHeaderValue.TryParseList(accepted, out var asked)) return "en";
        return asked
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value!.Split('-', '_')[0].ToLowerInvariant())
            // What ISO 639 called Indonesian until 1989, and Java still does.
            .Select(language => language == "in" ? "id" : language)
            .FirstOrDefault(Cultures.ContainsKey, "en");
    }
}
