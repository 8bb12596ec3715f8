using System.Text.Json;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>
/// How a WebSocket says where its person is: <c>here</c> names all places, <c>join</c> and <c>leave</c> one, and
/// <c>typing</c> tells the others. All in the workspace named, or else in the first that the connection follows.
/// </summary>
internal static class PresenceVerbs
{
    public static readonly SocketVerb[] All =
    [
        new("here", Here),
        new("join", ask => AtPlace(ask, Manner.Moving)),
        new("leave", ask => AtPlace(ask, Manner.Goodbye)),
        new("typing", Typing),
    ];

    /// <summary>Without <c>places</c> it only asks who is here.</summary>
    private static async Task<Result<byte[]>> Here(SocketAsk ask)
    {
        var (list, workspace) = (ask.Fields.List("places"), Workspace(ask));
        if (ask.Fields.Problem is { } broken) return broken;
        if (workspace is not { Crowd: { } crowd }) return Problem.NotFound;
        if (list is not null)
        {
            var places = list.Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : "");
            if (await Move(ask, "places", workspace, places, Manner.Moving) is { } problem) return problem;
        }
        return crowd.Here().Data;
    }

    private static async Task<Result<byte[]>> AtPlace(SocketAsk ask, Manner manner)
    {
        var (field, place, workspace) = (Field(ask), Place(ask), Workspace(ask));
        if (ask.Fields.Problem is { } broken) return broken;
        if (workspace is not { Crowd: { } crowd }) return Problem.NotFound;
        var others = ask.Feed.Follower.Visit.PlacesIn(workspace.Ring.Feed).Where(other => other != place);
        var places = manner == Manner.Goodbye ? others : others.Append(place);
        return await Move(ask, field, workspace, places, manner) is { } problem ? problem : crowd.Here().Data;
    }

    private static async Task<Result<byte[]>> Typing(SocketAsk ask)
    {
        var (field, place, workspace) = (Field(ask), Place(ask), Workspace(ask));
        if (ask.Fields.Problem is { } broken) return broken;
        if (workspace is null) return Problem.NotFound;
        return await ask.Feed.Follower.Visit.Type(
            field, workspace.Ring.Feed, place, ask.Context.RequestAborted) is { } problem ? problem : SocketVerb.Done;
    }

    private static Task<Problem?> Move(
        SocketAsk ask, string field, Place workspace, IEnumerable<string> places, Manner manner) =>
        ask.Feed.Follower.Visit.Move(field, workspace.Ring.Feed, places, manner, ask.Context.RequestAborted);

    private static Place? Workspace(SocketAsk ask) =>
        ask.Feed.Follower.Workspace(ask.Fields.Integer("workspace", 1, Fields.IntegerMax));

    private static string Field(SocketAsk ask) => ask.Fields.Has("item") ? "item" : "room";

    /// <summary>As in <c>"room": 3</c>, <c>"room": "lobby"</c> or <c>"item": 9</c>.</summary>
    private static string Place(SocketAsk ask)
    {
        var field = Field(ask);
        if (!ask.Command.TryGetProperty(field, out var value)) ask.Fields.Error(field, "error.required");
        var place = $"{field}:{value}";
        if (!Spot.IsPlace(place)) ask.Fields.Error(field, "error.not_a_place");
        return place;
    }
}
