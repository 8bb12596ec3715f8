using Pacil.Streaming.Commands;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>
/// The WebSocket command <c>{"do": "say", "room": "lobby", "text": "…"}</c>. It posts a message, as the HTTP endpoint
/// does. Without the field <c>workspace</c>, the message goes to the first workspace that the connection follows. The
/// client need not be listed as present in the room.
/// </summary>
internal static class SendMessageCommand
{
    public static readonly SocketCommandHandler Handler = new("say", Answer);

    private static async Task<Result<byte[]>> Answer(SocketRequest request)
    {
        var user = request.User;
        if (user.IsReadOnly) return new Problem(StatusCodes.Status403Forbidden, "read_only_token");
        var text = Message.ReadText(request.Fields);
        var named = request.Fields.Integer("workspace", 1, RequestFields.IntegerMax);
        if (!request.Fields.Has("room") && !request.Fields.Has("item")) request.Fields.Error("room", "error.required");
        if (request.Fields.Problem is { } problem) return problem;
        if (RoomReference.Of(request.Command) is not { } room) return Problem.NotFound;
        var workspace = named ?? request.Feed.Subscriber.Workspace(null)?.Ring.Feed ?? user.WorkspaceId;
        var settings = request.Context.RequestServices.GetRequiredService<Settings>();
        var once = request.Key is { } key ? Idempotency.Of(key, $"say {workspace} {room}\n{text}") : null;
        var write = user.Write(
            request.Context, null,
            async tx => (await PostMessage.Apply(tx, workspace, room, text, settings)).Then(message =>
                PostMessage.Answered($"/api/w/{workspace}/rooms/{room}/messages/{message.Id}", message)),
            tx => Membership.RequireRole(tx, workspace, Role.Viewer, allowClosed: false));
        var said = await (write with { IsStored = once is not null, Key = once, Workspace = workspace }).Run();
        return said.Then(answer => answer.Body!);
    }
}
