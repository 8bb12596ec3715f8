using Microsoft.AspNetCore.WebUtilities;

namespace Pacil.Web;

/// <summary>Redirect targets that come from outside: they must stay within this site.</summary>
internal static class LocalPaths
{
    /// <summary>"/…", but not "//host" or "/\host", which browsers take for another site.</summary>
    public static bool IsLocal(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl);

    /// <summary>A path that remembers in <c>?next=</c> where the user wanted to go.</summary>
    public static string Along(string path, string? next) =>
        IsLocal(next) ? QueryHelpers.AddQueryString(path, "next", next!) : path;
}
