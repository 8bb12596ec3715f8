using System.Globalization;

namespace Pacil.Feed;

/// <summary>Somebody at a place of a workspace.</summary>
/// <param name="Place">As <c>room:3</c> or <c>item:9</c>; "" for the workspace itself.</param>
internal readonly record struct PresenceLocation(long Workspace, string Place, PresentUser Visitor)
{
    /// <summary>How many places one connection may name.</summary>
    public const int PlacesMax = 20;

    /// <summary>At how many places of one workspace an account may be, by all its connections.</summary>
    public const int PlacesPerAccountMax = 50;

    /// <summary>The room that every workspace has.</summary>
    public const string Lobby = "room:lobby";

    public static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Whether it reads like a room or an item, by its number, or is the lobby.</summary>
    public static bool IsPlace(string text) => text == Lobby
        || text.Split(':') is ["room" or "item", var number]
        && long.TryParse(number, NumberStyles.None, Culture, out var id)
        && id.ToString(Culture) == number;
}
