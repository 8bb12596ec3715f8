using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Pacil.Web;

/// <summary>Answers a plain form: leads to the page it stood on, or to another, with a sentence.</summary>
internal sealed class FormRedirect(HttpContext context)
{
    /// <summary>Binds a handler's parameter.</summary>
    public static ValueTask<FormRedirect?> BindAsync(HttpContext context) => new(new FormRedirect(context));

    /// <param name="text">What to say, a key of the resources.</param>
    /// <param name="path">Where to go if the form does not say it in <c>next</c>.</param>
    /// <param name="undoPath">What takes it back, by POST.</param>
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
