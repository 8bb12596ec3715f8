using System.Globalization;

namespace Pacil.Streaming.Presence;

/// <summary>The location of a user in a workspace.</summary>
/// <param name="Place"><c>room:3</c>, <c>room:lobby</c> or <c>item:9</c>; empty for the workspace itself.</param>
internal readonly record struct PresenceLocation(long Workspace, string Place, PresentUser Visitor)
{
    /// <summary>The maximum number of locations of one connection.</summary>
    public const int PlacesMax = 20;

    /// <summary>The maximum number of locations of an account in one workspace, over all its connections.</summary>
    public const int PlacesPerAccountMax = 50;

    public const string Lobby = "room:lobby";

    public static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static bool IsPlace(string text) => text == Lobby
        || text.Split(':') is ["room" or "item", var number]
        && long.TryParse(number, NumberStyles.None, Culture, out var id)
        && id.ToString(Culture) == number;
}
