using Pacil.Feed;
using Pacil.Web;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>
/// <c>{"do": "say", "room": "lobby", "text": "…"}</c> over a WebSocket: the same as posting it, in the workspace named
/// or else the first that the connection follows. It needs no <c>join</c>.
/// </summary>
internal static class SendMessageCommand
{
    public static readonly SocketCommandHandler Handler = new("say", Answer);

    private static async Task<Result<byte[]>> Answer(SocketRequest ask)
    {
        var user = ask.User;
        if (user.IsReadOnly) return new Problem(StatusCodes.Status403Forbidden, "read_only_token");
        var text = Message.ReadText(ask.Fields);
        var named = ask.Fields.Integer("workspace", 1, RequestFields.IntegerMax);
        if (!ask.Fields.Has("room") && !ask.Fields.Has("item")) ask.Fields.Error("room", "error.required");
        if (ask.Fields.Problem is { } problem) return problem;
        if (RoomReference.Of(ask.Command) is not { } room) return Problem.NotFound;
        var workspace = named ?? ask.Feed.Subscriber.Workspace(null)?.Ring.Feed ?? user.WorkspaceId;
        var settings = ask.Context.RequestServices.GetRequiredService<Settings>();
        var once = ask.Key is { } key ? Idempotency.Of(key, $"say {workspace} {room}\n{text}") : null;
        var said = await user.Write(ask.Context, once?.Value, async tx =>
        {
            if (await Membership.RequireRole(tx, workspace, Role.Viewer, allowClosed: false) is { } missing)
                return missing;
            return once is null ? await Apply() : await once.Once(tx, Apply);

            async Task<Result<ApiResponse>> Apply() =>
                (await PostMessage.Apply(tx, workspace, room, text, settings)).Then(message =>
                    PostMessage.Answered($"/api/w/{workspace}/rooms/{room}/messages/{message.Id}", message));
        });
        return said.Then(answer => answer.Body!);
    }
}
