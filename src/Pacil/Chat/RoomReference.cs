using System.Globalization;
using System.Text.Json;
using Pacil.Web;

namespace Pacil.Chat;

/// <summary>
/// How a request names a room: by its number, <c>lobby</c>, or <c>item:7</c> for what is said about an item, which may
/// be nothing yet.
/// </summary>
internal sealed record RoomReference(long? Id, long? Item)
{
    public static readonly RoomReference Lobby = new(null, null);

    public static RoomReference About(long item) => new(null, item);

    /// <summary>Where one is who is in it, as presence calls it; and what stands for it in an address.</summary>
    public string Place => Item is { } item ? $"item:{item}" : $"room:{this}";

    /// <summary>The page that shows it, below the workspace's: what is said about an item stands at the item.</summary>
    public string Page => Item is { } item ? $"/items/{item}?tab=chat" : $"/chat/{this}";

    /// <summary>Null where it names none.</summary>
    public static RoomReference? Of(string text) => text.StartsWith("item:", StringComparison.Ordinal)
        ? Number(text["item:".Length..]) is { } item ? About(item) : null
        : text == "lobby" ? Lobby
        : Number(text) is { } id ? new RoomReference(id, null) : null;

    /// <summary>As in <c>"room": 3</c>, <c>"room": "lobby"</c> or <c>"item": 9</c>; null where it names none.</summary>
    public static RoomReference? Of(JsonElement command) =>
        command.TryGetProperty("item", out var item) ? Of($"item:{item}")
        : command.TryGetProperty("room", out var room) ? Of(room.ToString())
        : null;

    /// <summary>Binds a handler's parameter.</summary>
    /// <exception cref="ProblemException">404: no room is called so.</exception>
    public static ValueTask<RoomReference?> BindAsync(HttpContext context) =>
        new(Of(context.Request.RouteValues["room"] as string ?? "") ?? throw new ProblemException(Problem.NotFound));

    /// <summary>The condition that finds it in a workspace, for a select from room.</summary>
    public string Chosen => Item is not null ? "room.item_id = @Item" : Id is not null ? "room.id = @Id" : "room.lobby";

    public override string ToString() => Item is { } item ? $"item:{item}" : Id?.ToString(Culture) ?? "lobby";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, Culture, out var number) ? number : null;
}
