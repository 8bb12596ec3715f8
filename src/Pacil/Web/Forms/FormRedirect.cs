using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Pacil.Web.Language;

namespace Pacil.Web.Forms;

/// <summary>Answers a plain form: redirects to the form's page, or to another one, and shows a message there.</summary>
internal sealed class FormRedirect(HttpContext context)
{
    /// <summary>Binds a handler's parameter.</summary>
    public static ValueTask<FormRedirect?> BindAsync(HttpContext context) => new(new FormRedirect(context));

    /// <param name="text">The message, a key of the resources.</param>
    /// <param name="path">Where to redirect if the form has no field <c>next</c>.</param>
    /// <param name="undoPath">The address that the undo button posts to.</param>
    public IResult Done(Result<ApiResponse> result, string text, string path, string? undoPath = null)
    {
        if (result.IsProblem) return result.Problem;
        var data = context.RequestServices.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(context);
        Flash.Say(data, new Text(text), undoPath);
        data.Save();
        var next = context.Request.Form["next"].FirstOrDefault();
        return new SeeOther(LocalPaths.IsLocal(next) ? next! : path);
    }
}
