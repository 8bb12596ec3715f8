using Pacil.Feed;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>
/// <c>{"do": "say", "room": "lobby", "text": "…"}</c> over a WebSocket: the same as posting it, in the workspace named
/// or else the first that the connection follows. It needs no <c>join</c>.
/// </summary>
internal static class Say
{
    public static readonly SocketVerb Verb = new("say", Answer);

    private static async Task<Result<byte[]>> Answer(SocketAsk ask)
    {
        var user = ask.User;
        if (user.IsReadOnly) return new Problem(StatusCodes.Status403Forbidden, "read_only_token");
        var (text, named) = (Message.ReadText(ask.Fields), ask.Fields.Integer("workspace", 1, Fields.IntegerMax));
        if (!ask.Fields.Has("room") && !ask.Fields.Has("item")) ask.Fields.Error("room", "error.required");
        if (ask.Fields.Problem is { } problem) return problem;
        if (RoomName.Of(ask.Command) is not { } room) return Problem.NotFound;
        var workspace = named ?? ask.Feed.Follower.Workspace(null)?.Ring.Feed ?? user.WorkspaceId;
        var settings = ask.Context.RequestServices.GetRequiredService<Settings>();
        var once = ask.Key is { } key ? Idempotency.Of(key, $"say {workspace} {room}\n{text}") : null;
        var said = await user.Write(ask.Context, once?.Value, async tx =>
        {
            if (await Membership.Missing(tx, workspace, Role.Viewer, isClosedToo: false) is { } missing) return missing;
            return once is null ? await Apply() : await once.Once(tx, Apply);

            async Task<Result<Answer>> Apply() =>
                (await PostMessage.Apply(tx, workspace, room, text, settings)).Then(message =>
                    PostMessage.Answered($"/api/w/{workspace}/rooms/{room}/messages/{message.Id}", message));
        });
        return said.Then(answer => answer.Body!);
    }
}
