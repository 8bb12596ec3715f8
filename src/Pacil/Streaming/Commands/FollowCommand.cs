using System.Text.Json;
using Pacil.Web;

namespace Pacil.Streaming.Commands;

/// <summary>
/// <c>{"do": "follow", "workspaces": [7]}</c>: follows more workspaces, all or none of them. The answer is the data of
/// <c>hello</c>.
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
        // All workspaces count together: the cursor names each feed, and clients send the cursor in an address.
        if (request.Feed.Subscriber.WorkspacesWith(workspaces) > FollowFeed.FeedsMax)
            return Problem.Invalid("workspaces", "error.too_many", FollowFeed.FeedsMax);
        var before = request.Feed.Subscriber.Places.Count;
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
