using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Pacil.Web.Hosting;
using Pacil.Web.Language;

namespace Pacil.Web.Forms;

/// <summary>
/// A box with a secret link. Only the first page after the form is submitted shows the link. LinkBox.cshtml renders the
/// box.
/// </summary>
/// <param name="Link">Null if no link was made; the box is then hidden.</param>
internal sealed record LinkBox(string Label, string? Link)
{
    private const string Key = "link";

    /// <summary>Stores a link and a message in TempData, for the next page.</summary>
    public static void Keep(ITempDataDictionary data, HttpRequest request, string path, string text)
    {
        data[Key] = Https.Site(request) + path;
        Flash.Show(data, new Text(text));
    }

    /// <summary>Reads the link that the previous request stored, and deletes it; null if there is none.</summary>
    public static string? Take(HttpRequest request, ITempDataDictionary data) =>
        request.Cookies.ContainsKey(Flash.CookieName) ? data[Key] as string : null;
}
