using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Pacil.Web.Language;

namespace Pacil.Web.Forms;

/// <summary>A message that the next page shows once, with an optional undo button.</summary>
internal static class Flash
{
    public const string CookieName = "message";
    private const string MessageKey = "message";
    private const string UndoKey = "undo";

    public static void Say(ITempDataDictionary data, Text message, string? undoPath = null)
    {
        data[MessageKey] = message.ToString();
        if (undoPath is not null) data[UndoKey] = undoPath;
    }

    /// <summary>Reads the message only if the browser sends the cookie, so that others get no cookie.</summary>
    public static (string? Message, string? UndoPath) Read(HttpContext context, ITempDataDictionary data) =>
        context.Request.Cookies.ContainsKey(CookieName)
            ? (data[MessageKey] as string, data[UndoKey] as string)
            : (null, null);
}
