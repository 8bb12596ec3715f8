using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Pacil.Web.Hosting;
using Pacil.Web.Language;

namespace Pacil.Web.Forms;

/// <summary>A link that is shown once, after the form that made it. LinkBox.cshtml renders it.</summary>
/// <param name="Link">Null if none was made.</param>
internal sealed record LinkBox(string Label, string? Link)
{
    private const string Key = "link";

    /// <summary>Stores a link and a message for the next page.</summary>
    public static void Keep(ITempDataDictionary data, HttpRequest request, string path, string text)
    {
        data[Key] = Https.Site(request) + path;
        Flash.Say(data, new Text(text));
    }

    /// <summary>The link that was just made; it is shown only once.</summary>
    public static string? Take(HttpRequest request, ITempDataDictionary data) =>
        request.Cookies.ContainsKey(Flash.CookieName) ? data[Key] as string : null;
}
