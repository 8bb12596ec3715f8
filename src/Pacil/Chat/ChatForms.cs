using Pacil.Web.Forms;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>
/// The endpoints of the chat pages' forms, for browsers without JavaScript. They run the same use cases as the API and
/// then redirect to a page.
/// </summary>
internal static class ChatForms
{
    public static void MapChatForms(this IEndpointRouteBuilder workspace)
    {
        var chat = workspace.MapGroup("/chat").ExcludeFromDescription();
        chat.MapPost("/rooms", Create);
        chat.MapPost("/{room}/change", Change);
        chat.MapPost("/{room}/read", Read);
        chat.MapPost("/{room}/messages/{id:long}", Edit);
        chat.MapPost("/{room}/messages/{id:long}/delete", Delete);
    }

    private static async Task<IResult> Create(RequestFields fields, CurrentWorkspace workspace, FormRedirect redirect)
    {
        var made = await ChangeRoom.HandleCreate(fields, workspace).Run();
        var page = made.IsProblem ? "" : made.Value.Location!.Replace($"{workspace.Api}/rooms", Page(workspace));
        return redirect.Done(made, "chat.room_opened", page);
    }

    private static async Task<IResult> Change(
        RequestFields fields, CurrentWorkspace workspace, RoomReference name, HttpRequest http,
        FormRedirect redirect) =>
        redirect.Done(
            await ChangeRoom.Handle(fields, workspace, name, http).Run(), "chat.room_saved",
            $"{Page(workspace)}/{name}");

    private static async Task<IResult> Read(
        RequestFields fields, CurrentWorkspace workspace, RoomReference name, FormRedirect redirect) =>
        redirect.Done(
            await MarkRoomRead.Handle(fields, workspace, name).Run(), "chat.marked_read", $"{Page(workspace)}/{name}");

    private static async Task<IResult> Edit(
        RequestFields fields, long id, CurrentWorkspace workspace, RoomReference name, HttpRequest http,
        FormRedirect redirect) =>
        redirect.Done(
            await ChangeMessage.Handle(fields, id, workspace, name, http).Run(), "chat.saved",
            $"{Page(workspace)}/{name}");

    private static async Task<IResult> Delete(
        long id, CurrentWorkspace workspace, RoomReference name, HttpRequest http, FormRedirect redirect) =>
        redirect.Done(
            await ChangeMessage.HandleDelete(id, workspace, name, http).Run(), "js.chat.deleted",
            $"{Page(workspace)}/{name}");

    private static string Page(CurrentWorkspace workspace) => $"{workspace.Path}/chat";
}
