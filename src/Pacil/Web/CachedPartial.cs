using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Pacil.Web;

/// <summary>
/// Renders a partial view only one time per language, because all users of a language see the same content.
/// </summary>
internal static class CachedPartial
{
    private static readonly ConcurrentDictionary<(string View, CultureInfo Language), HtmlString> Views = new();

    /// <param name="view">A view that does not depend on the current user.</param>
    public static async Task<IHtmlContent> Once(string view, IHtmlHelper html)
    {
        var key = (view, CultureInfo.CurrentUICulture);
        if (Views.TryGetValue(key, out var rendered)) return rendered;
        using var text = new StringWriter();
        (await html.PartialAsync(view)).WriteTo(text, HtmlEncoder.Default);
        return Views[key] = new HtmlString(text.ToString());
    }
}
