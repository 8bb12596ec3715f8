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
        new("here", ask => Task.FromResult(Here(ask))),
        new("join", ask => Task.FromResult(AtPlace(ask, isLeaving: false))),
        new("leave", ask => Task.FromResult(AtPlace(ask, isLeaving: true))),
        new("typing", ask => Task.FromResult(Typing(ask))),
    ];

    /// <summary>Without <c>places</c> it only asks who is here.</summary>
    private static Result<byte[]> Here(SocketAsk ask)
    {
        var (list, workspace) = (ask.Fields.List("places"), Workspace(ask));
        if (ask.Fields.Problem is { } broken) return broken;
        if (workspace is not { Crowd: { } crowd }) return Problem.NotFound;
        if (list is not null)
        {
            var places = list.Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : "");
            if (ask.Feed.Follower.Visit.Move("places", workspace.Ring.Feed, places) is { } problem) return problem;
        }
        return crowd.Here().Data;
    }

    private static Result<byte[]> AtPlace(SocketAsk ask, bool isLeaving)
    {
        var (field, place, workspace) = (Field(ask), Place(ask), Workspace(ask));
        if (ask.Fields.Problem is { } broken) return broken;
        if (workspace is not { Crowd: { } crowd }) return Problem.NotFound;
        var visit = ask.Feed.Follower.Visit;
        var others = visit.PlacesIn(workspace.Ring.Feed).Where(other => other != place);
        var places = isLeaving ? others : others.Append(place);
        return visit.Move(field, workspace.Ring.Feed, places, isLeaving) is { } problem ? problem : crowd.Here().Data;
    }

    private static Result<byte[]> Typing(SocketAsk ask)
    {
        var (place, workspace) = (Place(ask), Workspace(ask));
        if (ask.Fields.Problem is { } broken) return broken;
        if (workspace is null) return Problem.NotFound;
        ask.Feed.Follower.Visit.Type(workspace.Ring.Feed, place);
        return SocketVerb.Done;
    }

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
