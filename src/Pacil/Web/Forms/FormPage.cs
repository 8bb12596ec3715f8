using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pacil.Web.Hosting;
using Pacil.Web.Language;
using Pacil.Web.Requests;
using static Pacil.Web.Language.Texts;

namespace Pacil.Web.Forms;

/// <summary>
/// A page with a form. If a submission is refused, the page shows the submitted values and the errors of each field.
/// </summary>
internal abstract class FormPage : PageModel
{
    /// <summary>
    /// The maximum number of attempts to save if other users change the row at the same time. After the last attempt,
    /// the page shows the problem and the user decides.
    /// </summary>
    private const int AttemptsMax = 3;

    private FormMerge? edit;

    /// <summary>Why the submission was refused; null if the form is shown for the first time.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>
    /// Makes the page show a submitted form again, with the submitted values and a valid CSRF token, instead of
    /// processing it. This is for a form with an old token: the browser has signed in or out in another tab since the
    /// form was loaded.
    /// </summary>
    /// <returns>False if the endpoint is not a form page, or if the client does not accept HTML.</returns>
    public static bool TryShowAgain(HttpContext context)
    {
        var page = context.GetEndpoint()?.Metadata.GetMetadata<CompiledPageActionDescriptor>();
        if (page?.ModelTypeInfo?.IsSubclassOf(typeof(FormPage)) is not true || !context.Request.WantsHtml())
            return false;
        context.Items[typeof(FormPage)] = true;
        return true;
    }

    /// <summary>After <see cref="TryShowAgain"/>, runs the GET handler instead of the POST handler.</summary>
    [NonHandler]
    public sealed override Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context)
    {
        if (!HttpContext.Items.ContainsKey(typeof(FormPage))) return Task.CompletedTask;
        Refuse(new Problem(StatusCodes.Status403Forbidden, "page_outdated"));
        context.HandlerMethod = context.ActionDescriptor.HandlerMethods
            .FirstOrDefault(handler => handler is { HttpMethod: "Get", Name: null });
        return Task.CompletedTask;
    }

    /// <summary>The message above the form; null if the messages beside the fields are enough.</summary>
    public string? Alert => Problem switch
    {
        { Errors: null } => Problem.Detail,
        { Status: StatusCodes.Status412PreconditionFailed } => T("js.feed.conflict"),
        _ => null,
    };

    /// <summary>The stored value of a field, which the form shows before the user types.</summary>
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

    /// <summary>
    /// Whether the field shows the user's input. If <see cref="Save"/> merges changes by other users, only fields that
    /// this user has changed show the input.
    /// </summary>
    private bool IsTyped(string name) => Problem is not null && (edit is null || edit.IsMine(name));

    /// <summary>
    /// Saves a row that other users may edit at the same time. Writes only the fields that this user has changed, and
    /// writes nothing if a field needs the user's decision.
    /// </summary>
    /// <param name="load">Reads the current row, and merges the form with it; null if the row does not exist.</param>
    /// <param name="write">
    /// Writes the row, or returns 412 if somebody has changed the row after <paramref name="load"/>.
    /// </param>
    protected async Task<IActionResult> Save(
        Func<Task<FormMerge?>> load, Func<RequestFields, RequestWrite> write,
        Func<ApiResponse, IActionResult> done)
    {
        for (var attempt = 1; ; attempt++)
        {
            edit = await load();
            if (edit is null) return Problem.NotFound;
            if (edit.Problem is { } contested) return Refused(contested);
            var written = await write(RequestFields.OfForm(Request.Form, [.. edit.Untouched])).Run();
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

    /// <summary>Redirects to a path. The page there shows the message one time.</summary>
    protected IActionResult Done(string path, string textKey, params object?[] arguments) =>
        Done(path, new Text(textKey, arguments), null);

    /// <summary>Redirects to a path. The page there shows the message one time, with an undo button.</summary>
    /// <param name="undoPath">The address that the button posts to; null for no button.</param>
    protected IActionResult Done(string path, Text message, string? undoPath)
    {
        Flash.Show(TempData, message, undoPath);
        return new SeeOther(path);
    }
}
