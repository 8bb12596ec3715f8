using System.Globalization;

namespace Pacil.Feed;

/// <summary>Someone, as others see them.</summary>
internal sealed record Visitor(long Id, string Name);

/// <summary>Somebody at a place of a workspace.</summary>
/// <param name="Place">As <c>room:3</c> or <c>item:9</c>; "" for the workspace itself.</param>
internal readonly record struct Spot(long Workspace, string Place, Visitor Visitor)
{
    /// <summary>How many places one connection may name.</summary>
    public const int PlacesMax = 20;

    /// <summary>
    /// Whether it is a room or an item, by its number, or the room that every workspace has. Nothing is looked up:
    /// only members of the workspace hear of it.
    /// </summary>
    public static bool IsPlace(string text) => text == "room:lobby"
        || text.Split(':') is ["room" or "item", var number]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && id.ToString(CultureInfo.InvariantCulture) == number;
}
