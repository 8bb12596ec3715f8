using Microsoft.AspNetCore.WebUtilities;

namespace Pacil.Web;

/// <summary>Addresses that come from outside and lead somewhere: only within this site.</summary>
internal static class LocalPaths
{
    /// <summary>"/…", but neither "//host" nor "/\host", which browsers take for another site.</summary>
    public static bool IsLocal(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl);

    /// <summary>The way to a page that remembers where one wanted to go.</summary>
    public static string Along(string path, string? next) =>
        IsLocal(next) ? QueryHelpers.AddQueryString(path, "next", next!) : path;
}
