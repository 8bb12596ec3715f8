using Microsoft.AspNetCore.Mvc;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Requests;
using Pacil.Workspaces.Invitations;

namespace Pacil.Workspaces;

/// <summary>The page with the user's workspaces and invitations, and a form for a new workspace.</summary>
internal sealed class MineModel(CreateWorkspace create, Database database, TimeProvider time) : FormPage
{
    public List<Workspace> List { get; private set; } = [];
    public List<AcceptInvitation.Waiting> Waiting { get; private set; } = [];
    public string? Next { get; private set; }

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        var user = CurrentUser.Of(HttpContext);
        var fields = RequestFields.OfForm(Request.Form);
        var made = await CreateWorkspace.Handle(fields, user, create, HttpContext).Run();
        if (!made.IsProblem)
            return Done(
                $"{made.Value.Location!["/api".Length..]}/", "workspaces.created",
                fields.Line("name", Workspace.NameLengthMax));
        await Load();
        return Refused(made.Problem);
    }

    private async Task Load()
    {
        var user = CurrentUser.Of(HttpContext);
        var page = Paging.Of(Request, ListWorkspaces.Sort);
        var found = await database.Read(
            connection => ListWorkspaces.Query(connection, user.Id, page), HttpContext.RequestAborted);
        List = found?.Rows ?? [];
        Next = found?.Next is { } next ? Paging.Next(Request, next) : null;
        Waiting = await database.Read(
            connection => AcceptInvitation.For(connection, user.Id, time.UtcNow()), HttpContext.RequestAborted);
    }
}
