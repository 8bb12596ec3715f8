using Microsoft.AspNetCore.WebUtilities;

namespace Pacil.Web;

/// <summary>Checks redirect targets that a request contains. They must be paths of this site.</summary>
internal static class LocalPaths
{
    /// <summary>Accepts "/…", but not "//host" or "/\host", which browsers interpret as another site.</summary>
    public static bool IsLocal(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl);

    /// <summary>
    /// Adds the query parameter <c>next</c> to a path. Its value is the path of the page that the user wanted to see.
    /// </summary>
    public static string Along(string path, string? next) =>
        IsLocal(next) ? QueryHelpers.AddQueryString(path, "next", next!) : path;
}
