using System.Text.Json;
using Pacil.Streaming.Presence;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Streaming.Commands;

/// <summary>
/// The presence commands of a WebSocket: <c>here</c> replaces the connection's locations, <c>join</c> adds a location,
/// <c>leave</c> removes a location, and <c>typing</c> shows other users that the user is typing. A command applies to
/// the workspace in its field <c>workspace</c>. Without this field, it applies to the first workspace that the
/// connection follows.
/// </summary>
internal static class PresenceCommands
{
    public static readonly SocketCommandHandler[] All =
    [
        new("here", Here),
        new("join", request => AtPlace(request, PresenceMoveKind.Moving)),
        new("leave", request => AtPlace(request, PresenceMoveKind.Goodbye)),
        new("typing", Typing),
    ];

    /// <summary>
    /// Replaces the connection's locations and returns the users present. Without the field <c>places</c>, the
    /// locations do not change.
    /// </summary>
    private static async Task<Result<byte[]>> Here(SocketRequest request)
    {
        var (list, workspace) = (request.Fields.List("places"), Workspace(request));
        if (request.Fields.Problem is { } broken) return broken;
        if (workspace is not { People: { } crowd }) return Problem.NotFound;
        if (list is not null)
        {
            var places = list.Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : "");
            if (await Move(request, "places", workspace, places, PresenceMoveKind.Moving)
                is { } problem) return problem;
        }
        return crowd.Here().Data;
    }

    private static async Task<Result<byte[]>> AtPlace(SocketRequest request, PresenceMoveKind manner)
    {
        var (field, place, workspace) = (Field(request), Place(request), Workspace(request));
        if (request.Fields.Problem is { } broken) return broken;
        if (workspace is not { People: { } crowd }) return Problem.NotFound;
        var others = request.Feed.Subscriber.Visit.PlacesIn(workspace.Ring.Feed).Where(other => other != place);
        var places = manner == PresenceMoveKind.Goodbye ? others : others.Append(place);
        return await Move(request, field, workspace, places, manner) is { } problem ? problem : crowd.Here().Data;
    }

    private static async Task<Result<byte[]>> Typing(SocketRequest request)
    {
        var (field, place, workspace) = (Field(request), Place(request), Workspace(request));
        if (request.Fields.Problem is { } broken) return broken;
        if (workspace is null) return Problem.NotFound;
        return await request.Feed.Subscriber.Visit.Type(
            field, workspace.Ring.Feed, place, request.Context.RequestAborted) is { } problem
                ? problem : SocketCommandHandler.Done;
    }

    private static Task<Problem?> Move(
        SocketRequest request, string field, FeedPosition workspace, IEnumerable<string> places,
        PresenceMoveKind manner) =>
        request.Feed.Subscriber.Visit.Move(field, workspace.Ring.Feed, places, manner, request.Context.RequestAborted);

    private static FeedPosition? Workspace(SocketRequest request) =>
        request.Feed.Subscriber.Workspace(request.Fields.Integer("workspace", 1, RequestFields.IntegerMax));

    private static string Field(SocketRequest request) => request.Fields.Has("item") ? "item" : "room";

    /// <summary>Reads a location from <c>"room": 3</c>, <c>"room": "lobby"</c> or <c>"item": 9</c>.</summary>
    private static string Place(SocketRequest request)
    {
        var field = Field(request);
        if (!request.Command.TryGetProperty(field, out var value)) request.Fields.Error(field, "error.required");
        var place = $"{field}:{value}";
        if (!PresenceLocation.IsPlace(place)) request.Fields.Error(field, "error.not_a_place");
        return place;
    }
}
