namespace Pacil.Web.Hosting;

/// <summary>
/// Lets <c>dotnet watch</c> (bin/dev) reload open pages after a change of the sources. Its script connects to a
/// WebSocket of dotnet watch. Pages name the script, because dotnet watch cannot add it to compressed pages.
/// </summary>
internal static class PageReload
{
    public const string Script = "/_framework/aspnetcore-browser-refresh.js";

    private static readonly string? Sockets = Environment.GetEnvironmentVariable("ASPNETCORE_AUTO_RELOAD_WS_ENDPOINT");

    /// <summary>Whether Pacil runs under dotnet watch.</summary>
    public static bool IsOn => Sockets is not null;

    /// <summary>The source to add to <c>connect-src</c>, with a space before it; empty without dotnet watch.</summary>
    public static string Source { get; } = IsOn ? $" {Sockets!.Replace(',', ' ')}" : "";
}
