using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pacil.Web.Hosting;
using Pacil.Web.Language;
using Pacil.Web.Requests;
using static Pacil.Web.Language.Texts;

namespace Pacil.Web.Forms;

/// <summary>A page with a form. A refused form comes back with the submitted values and each field's errors.</summary>
internal abstract class FormPage : PageModel
{
    /// <summary>Attempts to save while others save at the same time. After the last one, the user decides.</summary>
    private const int AttemptsMax = 3;

    private FormMerge? edit;

    /// <summary>Why the submission was refused; null if the form is shown for the first time.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>
    /// A form is outdated if this browser has signed in or out in another tab since. It is not carried out but shown
    /// again, with the submitted values and a current token. False if the endpoint is not a form page.
    /// </summary>
    public static bool TryShowAgain(HttpContext context)
    {
        var page = context.GetEndpoint()?.Metadata.GetMetadata<CompiledPageActionDescriptor>();
        if (page?.ModelTypeInfo?.IsSubclassOf(typeof(FormPage)) is not true || !context.Request.WantsHtml())
            return false;
        context.Items[typeof(FormPage)] = true;
        return true;
    }

    /// <summary>Runs the GET handler instead of the POST handler if the form is only to be shown again.</summary>
    [NonHandler]
    public sealed override Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context)
    {
        if (!HttpContext.Items.ContainsKey(typeof(FormPage))) return Task.CompletedTask;
        Refuse(new Problem(StatusCodes.Status403Forbidden, "page_outdated"));
        context.HandlerMethod = context.ActionDescriptor.HandlerMethods
            .FirstOrDefault(handler => handler is { HttpMethod: "Get", Name: null });
        return Task.CompletedTask;
    }

    /// <summary>The message above the form, if the messages beside the fields do not say everything.</summary>
    public string? Alert => Problem switch
    {
        { Errors: null } => Problem.Detail,
        { Status: StatusCodes.Status412PreconditionFailed } => T("js.feed.conflict"),
        _ => null,
    };

    /// <summary>The value of a field before the user types.</summary>
    protected virtual string? Initial(string field) => null;

    public Field Field(string name, Field like) => like with
    {
        Name = name,
        Value = like.Type == "password" ? null
            : IsTyped(name) && Request.Form.TryGetValue(name, out var typed) ? typed.ToString()
            : Initial(name),
        Seen = Initial(name),
        Errors = Problem?.Errors?.GetValueOrDefault(name) ?? [],
    };

    /// <summary>In a row that others edit too, only fields that the user has changed keep their input.</summary>
    private bool IsTyped(string name) => Problem is not null && (edit is null || edit.IsMine(name));

    /// <summary>
    /// Saves a row that others may edit too. Writes only the fields that the user has changed, and nothing if a field
    /// needs the user's decision.
    /// </summary>
    /// <param name="load">Reads the current row, which the page shows after a refusal; null if there is none.</param>
    /// <param name="write">Refuses with 412 if somebody has changed the row since it was loaded.</param>
    protected async Task<IActionResult> Save(
        Func<Task<FormMerge?>> load, Func<RequestFields, Task<Result<ApiResponse>>> write,
        Func<ApiResponse, IActionResult> done)
    {
        for (var attempt = 1; ; attempt++)
        {
            edit = await load();
            if (edit is null) return Problem.NotFound;
            if (edit.Problem is { } contested) return Refused(contested);
            var written = await write(RequestFields.OfForm(Request.Form, [.. edit.Untouched]));
            if (!written.IsProblem) return done(written.Value);
            if (written.Problem.Status != StatusCodes.Status412PreconditionFailed || attempt == AttemptsMax)
                return Refused(written.Problem);
        }
    }

    /// <summary>Renders the page again, with the problem and its status.</summary>
    protected PageResult Refused(Problem problem)
    {
        Refuse(problem);
        return Page();
    }

    private void Refuse(Problem problem)
    {
        Audit.Refused(HttpContext, problem);
        Problem = problem;
        Response.StatusCode = problem.Status;
        if (problem.RetryAfterSeconds is { } seconds)
            Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Redirects to a path, where the message is shown once.</summary>
    protected IActionResult Done(string path, string textKey, params object?[] arguments) =>
        Done(path, new Text(textKey, arguments), null);

    /// <summary>The same, with an undo button.</summary>
    /// <param name="undoPath">The address that the button posts to; null for no button.</param>
    protected IActionResult Done(string path, Text message, string? undoPath)
    {
        Flash.Say(TempData, message, undoPath);
        return new SeeOther(path);
    }
}
