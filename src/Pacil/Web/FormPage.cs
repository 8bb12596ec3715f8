using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using static Pacil.Web.Texts;

namespace Pacil.Web;

/// <summary>A page with a form: what was typed comes back with what is wrong with it beside each field.</summary>
internal abstract class FormPage : PageModel
{
    /// <summary>Retries when others save at the same time; after so many, the user decides.</summary>
    private const int AttemptsMax = 3;

    private FormMerge? edit;

    /// <summary>Why the last submission was refused; null on the first look.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>
    /// A form from before this browser signed in or out, in another tab, is not carried out but shown again, with what
    /// was typed and the token of now. False where it is no form of ours.
    /// </summary>
    public static bool TryShowAgain(HttpContext context)
    {
        var page = context.GetEndpoint()?.Metadata.GetMetadata<CompiledPageActionDescriptor>();
        if (page?.ModelTypeInfo?.IsSubclassOf(typeof(FormPage)) is not true || !context.Request.WantsHtml())
            return false;
        context.Items[typeof(FormPage)] = true;
        return true;
    }

    /// <summary>Runs the handler of GET in place of POST's where the form is only to be shown again.</summary>
    [NonHandler]
    public sealed override Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context)
    {
        if (!HttpContext.Items.ContainsKey(typeof(FormPage))) return Task.CompletedTask;
        Refuse(new Problem(StatusCodes.Status403Forbidden, "page_outdated"));
        context.HandlerMethod = context.ActionDescriptor.HandlerMethods
            .FirstOrDefault(handler => handler is { HttpMethod: "Get", Name: null });
        return Task.CompletedTask;
    }

    /// <summary>What to say of it above the form, where the fields do not say it all.</summary>
    public string? Alert => Problem switch
    {
        { Errors: null } => Problem.Detail,
        { Status: StatusCodes.Status412PreconditionFailed } => T("js.feed.conflict"),
        _ => null,
    };

    /// <summary>Field by field, what the form shows before anyone types.</summary>
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

    /// <summary>Of a row that others edit too, only what the person has changed comes back as it was sent.</summary>
    private bool IsTyped(string name) => Problem is not null && (edit is null || edit.IsMine(name));

    /// <summary>Writes of such a row what the person has changed, and nothing where that needs a decision.</summary>
    /// <param name="load">Reads what is there now, which the page shows if it is refused; null: nothing.</param>
    /// <param name="write">Refuses with 412 what somebody has changed since it was loaded.</param>
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

    /// <summary>The page again, with the problem and its status.</summary>
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

    /// <summary>Goes there with GET, and says this once.</summary>
    protected IActionResult Done(string path, string textKey, params object?[] arguments) =>
        Done(path, new Text(textKey, arguments), null);

    /// <summary>The same, with a button that takes it back.</summary>
    /// <param name="undoPath">Where that is done; null: it cannot be.</param>
    protected IActionResult Done(string path, Text message, string? undoPath)
    {
        Flash.Say(TempData, message, undoPath);
        return new SeeOther(path);
    }
}
