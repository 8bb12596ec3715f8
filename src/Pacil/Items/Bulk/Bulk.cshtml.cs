using Microsoft.AspNetCore.Mvc;
using Pacil.Web.Forms;
using Pacil.Web.Language;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Items.Bulk;

/// <summary>Previews and applies a change of many items, for browsers without JavaScript.</summary>
internal sealed class BulkModel : FormPage
{
    private BulkChange change = new(null, null, null);

    public CurrentWorkspace Workspace => CurrentWorkspace.Of(HttpContext);

    public BulkPreview? Preview { get; private set; }

    public string Question => change.Question(Preview!.Count);

    /// <summary>The fields that the list's form has sent. The confirmation form sends them again.</summary>
    public IEnumerable<(string Name, string? Value)> Sent =>
        Request.Query.SelectMany(part => part.Value.Select(value => (part.Key, value)));

    public async Task<IActionResult> OnGet()
    {
        var fields = RequestFields.OfForm(new FormCollection(Request.Query.ToDictionary()));
        var request = BulkRequest.ReadForm(fields);
        change = request.Change;
        var preview = await BulkPreview.Read(fields, Workspace, request);
        if (preview.IsProblem)
            return preview.Problem.Status is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound
                ? preview.Problem
                : Refused(preview.Problem);
        Preview = preview.Value;
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        var fields = RequestFields.OfForm(Request.Form);
        var done = await BulkItems.Write(fields, Workspace, BulkRequest.ReadForm(fields)).Run();
        return done.IsProblem
            ? Refused(done.Problem)
            : Done($"{Workspace.Path}/", new Text("js.bulk.done"), Workspace.UndoPath(done.Value));
    }
}
