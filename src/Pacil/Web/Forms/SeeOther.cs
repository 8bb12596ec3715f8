using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace Pacil.Web.Forms;

/// <summary>Responds 303: the browser loads the path with GET.</summary>
internal sealed class SeeOther(string path) : IActionResult, IResult
{
    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        // A header must be ASCII, but a path may contain any characters that a user has typed.
        httpContext.Response.Headers.Location = UriHelper.Encode(new Uri(path, UriKind.Relative));
        return Task.CompletedTask;
    }
}
