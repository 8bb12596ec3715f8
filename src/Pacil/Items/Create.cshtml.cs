using Microsoft.AspNetCore.Mvc;
using Pacil.Web;
using Pacil.Web.Forms;
using Pacil.Web.Language;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items;

/// <summary>The page with the form for a new item, for browsers without JavaScript.</summary>
internal sealed class CreateModel : FormPage
{
    public CurrentWorkspace Workspace => CurrentWorkspace.Of(HttpContext);

    public async Task<IActionResult> OnGet() => await Workspace.Find() switch
    {
        null => Problem.NotFound,
        { Role: < Role.Editor } => Problem.Forbidden,
        _ => Page(),
    };

    public async Task<IActionResult> OnPost()
    {
        var fields = RequestFields.OfForm(Request.Form);
        var created = await CreateItem.Handle(fields, Workspace).Run();
        return created.IsProblem
            ? Refused(created.Problem)
            : Done(
                $"{Workspace.Path}/", new Text("items.created", Request.Form["name"].ToString().Trim()),
                Workspace.UndoPath(created.Value));
    }
}
