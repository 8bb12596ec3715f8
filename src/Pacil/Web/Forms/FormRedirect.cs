using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Pacil.Web.Language;

namespace Pacil.Web.Forms;

/// <summary>
/// The response to a form that no Razor Page handles: a redirect to a page, which then shows a message. The form field
/// <c>next</c> can contain the path of the page.
/// </summary>
internal sealed class FormRedirect(HttpContext context)
{
    /// <summary>Called by the framework to create the parameter of a handler.</summary>
    public static ValueTask<FormRedirect?> BindAsync(HttpContext context) => new(new FormRedirect(context));

    /// <param name="text">The message's key in the resources.</param>
    /// <param name="path">The page to redirect to if the form has no field <c>next</c>.</param>
    /// <param name="undoPath">The address that the undo button posts to; null for no button.</param>
    public IResult Done(Result<ApiResponse> result, string text, string path, string? undoPath = null)
    {
        if (result.IsProblem) return result.Problem;
        var data = context.RequestServices.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(context);
        Flash.Show(data, new Text(text), undoPath);
        data.Save();
        var next = context.Request.Form["next"].FirstOrDefault();
        return new SeeOther(LocalPaths.IsLocal(next) ? next! : path);
    }
}
