using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Hosting;
using Pacil.Web.Language;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Chat;

/// <summary>The chat page: the rooms of a workspace, and the messages of one of these rooms.</summary>
internal sealed class ChatModel(Database database, Settings settings) : FormPage
{
    private const int RoomsMax = 200;
    private const int ItemsMax = 10;

    public CurrentWorkspace Workspace => CurrentWorkspace.Of(HttpContext);
    public RoomView Talk { get; private set; } = null!;
    public List<Room> Rooms { get; private set; } = [];
    public List<Room> Items { get; private set; } = [];

    public string Title => Name(Talk.Room!);

    public async Task<IActionResult> OnGet(string room)
    {
        if (RoomReference.Of(room) is not { } name) return Problem.NotFound;
        if (name.Item is not null) return new SeeOther(Workspace.Path + name.Page);
        return await Load(name) ? Page() : Problem.NotFound;
    }

    public async Task<IActionResult> OnPost(string room)
    {
        if (RoomReference.Of(room) is not { } name) return Problem.NotFound;
        var fields = RequestFields.OfForm(Request.Form, "next");
        var said = await PostMessage.Handle(fields, Workspace, name, settings).Run();
        var next = Request.Form["next"].FirstOrDefault();
        if (!said.IsProblem) return new SeeOther(LocalPaths.IsLocal(next) ? next! : $"{Workspace.Path}/chat/{name}");
        if (name.Item is not null || !await Load(name)) return said.Problem;
        Talk = Talk with { Typed = Request.Form["text"].ToString(), Problem = said.Problem };
        return Refused(said.Problem);
    }

    /// <summary>The room's name as shown to the user. The name of the lobby is translated.</summary>
    public static string Name(Room room) => room.Lobby ? Texts.T("chat.lobby") : room.Name;

    private async Task<bool> Load(RoomReference name)
    {
        if (await RoomView.Read(Workspace, name, HttpContext, database) is not { } talk) return false;
        Talk = talk;
        (Rooms, Items) = (await List(false, RoomsMax), await List(true, ItemsMax));
        return true;
    }

    private Task<List<Room>> List(bool isAboutItems, int max) =>
        Workspace.Read(connection => ListRooms.ForPage(connection, Workspace, isAboutItems, max));
}
