using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Pacil.Web.Language;

namespace Pacil.Web.Forms;

/// <summary>
/// A message that only the next page shows, with an optional undo button. TempData stores it in a cookie.
/// </summary>
internal static class Flash
{
    public const string CookieName = "message";
    private const string MessageKey = "message";
    private const string UndoKey = "undo";

    public static void Show(ITempDataDictionary data, Text message, string? undoPath = null)
    {
        data[MessageKey] = message.ToString();
        if (undoPath is not null) data[UndoKey] = undoPath;
    }

    /// <summary>
    /// Reads TempData only if the browser sends the cookie. Otherwise even a response without a message would set a
    /// cookie.
    /// </summary>
    public static (string? Message, string? UndoPath) Read(HttpContext context, ITempDataDictionary data) =>
        context.Request.Cookies.ContainsKey(CookieName)
            ? (data[MessageKey] as string, data[UndoKey] as string)
            : (null, null);
}
