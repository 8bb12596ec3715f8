using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Chat;

/// <summary>
/// A reference to a room in a request: the room's id, <c>lobby</c>, or <c>item:7</c> for the room of an item. The room
/// of an item may not exist yet.
/// </summary>
internal sealed record RoomReference(long? Id, long? Item) : IEndpointParameterMetadataProvider
{
    public static readonly RoomReference Lobby = new(null, null);

    public static RoomReference About(long item) => new(null, item);

    /// <summary>The location under which presence lists the users who have this room open.</summary>
    public string Place => Item is { } item ? $"item:{item}" : $"room:{this}";

    /// <summary>The path of the page that shows the room, below the path of the workspace.</summary>
    public string Page => Item is { } item ? $"/items/{item}?tab=chat" : $"/chat/{this}";

    /// <summary>Parses a reference; null if the text does not name a room.</summary>
    public static RoomReference? Of(string text) => text.StartsWith("item:", StringComparison.Ordinal)
        ? Number(text["item:".Length..]) is { } item ? About(item) : null
        : text == "lobby" ? Lobby
        : Number(text) is { } id ? new RoomReference(id, null) : null;

    /// <summary>
    /// Reads a reference from a WebSocket command with <c>"room": 3</c>, <c>"room": "lobby"</c> or <c>"item": 9</c>;
    /// null if the command names no room.
    /// </summary>
    public static RoomReference? Of(JsonElement command) =>
        command.TryGetProperty("item", out var item) ? Of($"item:{item}")
        : command.TryGetProperty("room", out var room) ? Of(room.ToString())
        : null;

    /// <summary>Describes every route whose handler has a parameter of this type.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(
        Parameter.PathText("room", "A room's id, `lobby`, or `item:7` for the discussion of item 7.") with
        {
            Refusals = [new(404, "not_found")],
        });

    /// <exception cref="ProblemException">404 if the URL does not name a room.</exception>
    public static ValueTask<RoomReference?> BindAsync(HttpContext context) =>
        new(Of(context.Request.RouteValues["room"] as string ?? "") ?? throw new ProblemException(Problem.NotFound));

    public string Chosen => Item is not null ? "room.item_id = @Item" : Id is not null ? "room.id = @Id" : "room.lobby";

    public override string ToString() => Item is { } item ? $"item:{item}" : Id?.ToString(Culture) ?? "lobby";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, Culture, out var number) ? number : null;
}
