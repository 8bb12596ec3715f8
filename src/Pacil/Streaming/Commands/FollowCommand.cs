using System.Text.Json;
using Pacil.Web;

namespace Pacil.Streaming.Commands;

/// <summary>
/// <c>{"do": "follow", "workspaces": [7]}</c> makes the connection follow more workspaces. If the user has no access to
/// at least one of them, the connection follows none of them. The response has the same data as the frame <c>hello</c>.
/// </summary>
internal static class FollowCommand
{
    public static readonly SocketCommandHandler Handler = new("follow", Answer);

    private static async Task<Result<byte[]>> Answer(SocketRequest request)
    {
        if (request.Fields.List("workspaces") is not { } list)
            return request.Fields.Problem ?? Problem.Invalid("workspaces", "error.required");
        var workspaces = new List<long>();
        foreach (var one in list)
        {
            if (one.ValueKind != JsonValueKind.Number || !one.TryGetInt64(out var workspace))
                return Problem.Invalid("workspaces", "error.not_a_whole_number");
            workspaces.Add(workspace);
        }
        // The limit includes the workspaces that the stream already follows: the cursor contains a position for each
        // feed, and clients send the cursor in a URL, which must not be too long.
        if (request.Feed.Subscriber.WorkspacesWith(workspaces) > FollowFeed.FeedsMax)
            return Problem.Invalid("workspaces", "error.too_many", FollowFeed.FeedsMax);
        var before = request.Feed.Subscriber.Positions.Count;
        var isDone = false;
        try
        {
            isDone = (await request.Feed.Follow(workspaces)).Gone.Count == 0;
            return isDone ? request.Feed.Hello() : Problem.NotFound;
        }
        finally
        {
            if (!isDone) request.Feed.Subscriber.Keep(before);
        }
    }
}
