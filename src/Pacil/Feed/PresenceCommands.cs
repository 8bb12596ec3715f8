using System.Text.Json;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>
/// The presence commands of a WebSocket: <c>here</c> names all locations, <c>join</c> and <c>leave</c> one, and
/// <c>typing</c> tells the others. They concern the workspace named, else the first that the connection follows.
/// </summary>
internal static class PresenceCommands
{
    public static readonly SocketCommandHandler[] All =
    [
        new("here", Here),
        new("join", ask => AtPlace(ask, PresenceMoveKind.Moving)),
        new("leave", ask => AtPlace(ask, PresenceMoveKind.Goodbye)),
        new("typing", Typing),
    ];

    /// <summary>Without <c>places</c> it only returns who is here.</summary>
    private static async Task<Result<byte[]>> Here(SocketRequest ask)
    {
        var (list, workspace) = (ask.Fields.List("places"), Workspace(ask));
        if (ask.Fields.Problem is { } broken) return broken;
        if (workspace is not { People: { } crowd }) return Problem.NotFound;
        if (list is not null)
        {
            var places = list.Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : "");
            if (await Move(ask, "places", workspace, places, PresenceMoveKind.Moving) is { } problem) return problem;
        }
        return crowd.Here().Data;
    }

    private static async Task<Result<byte[]>> AtPlace(SocketRequest ask, PresenceMoveKind manner)
    {
        var (field, place, workspace) = (Field(ask), Place(ask), Workspace(ask));
        if (ask.Fields.Problem is { } broken) return broken;
        if (workspace is not { People: { } crowd }) return Problem.NotFound;
        var others = ask.Feed.Subscriber.Visit.PlacesIn(workspace.Ring.Feed).Where(other => other != place);
        var places = manner == PresenceMoveKind.Goodbye ? others : others.Append(place);
        return await Move(ask, field, workspace, places, manner) is { } problem ? problem : crowd.Here().Data;
    }

    private static async Task<Result<byte[]>> Typing(SocketRequest ask)
    {
        var (field, place, workspace) = (Field(ask), Place(ask), Workspace(ask));
        if (ask.Fields.Problem is { } broken) return broken;
        if (workspace is null) return Problem.NotFound;
        return await ask.Feed.Subscriber.Visit.Type(
            field, workspace.Ring.Feed, place, ask.Context.RequestAborted) is { } problem
                ? problem : SocketCommandHandler.Done;
    }

    private static Task<Problem?> Move(
        SocketRequest ask, string field, FeedPosition workspace, IEnumerable<string> places, PresenceMoveKind manner) =>
        ask.Feed.Subscriber.Visit.Move(field, workspace.Ring.Feed, places, manner, ask.Context.RequestAborted);

    private static FeedPosition? Workspace(SocketRequest ask) =>
        ask.Feed.Subscriber.Workspace(ask.Fields.Integer("workspace", 1, RequestFields.IntegerMax));

    private static string Field(SocketRequest ask) => ask.Fields.Has("item") ? "item" : "room";

    /// <summary>As in <c>"room": 3</c>, <c>"room": "lobby"</c> or <c>"item": 9</c>.</summary>
    private static string Place(SocketRequest ask)
    {
        var field = Field(ask);
        if (!ask.Command.TryGetProperty(field, out var value)) ask.Fields.Error(field, "error.required");
        var place = $"{field}:{value}";
        if (!PresenceLocation.IsPlace(place)) ask.Fields.Error(field, "error.not_a_place");
        return place;
    }
}
