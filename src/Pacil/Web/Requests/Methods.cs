using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Pacil.Web.Requests;

/// <summary>
/// Refuses methods and request bodies that an endpoint does not accept. Without these checks, a page would respond to
/// every method with its content, and a body that is not a form would cause an exception.
/// </summary>
internal static class Methods
{
    private static readonly object HeadKey = new();

    /// <summary>
    /// Adds routing. HEAD runs as GET, and the server omits the response body (RFC 9110, 9.3.2). HEAD of a stream is
    /// refused with 405, because a stream has no end.
    /// </summary>
    public static void UseRoutes(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method))
                (context.Request.Method, context.Items[HeadKey]) = (HttpMethods.Get, true);
            return next(context);
        });
        app.UseRouting();
        app.Use((context, next) => IsHeadOfStream(context) ? NotAllowed(context, HttpMethods.Get) : next(context));
    }

    private static bool IsHeadOfStream(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EndlessAnswer>() is not null && context.Items.ContainsKey(HeadKey);

    private static Task NotAllowed(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return Problems.Of(StatusCodes.Status405MethodNotAllowed).ExecuteAsync(context);
    }

    /// <summary>Responds 405 with <c>Allow</c> to a method that the page does not handle.</summary>
    public static void UsePageMethods(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // UseRoutes has turned HEAD into GET.
        if (HttpMethods.IsGet(context.Request.Method) || Page(context) is not { } page) return next(context);
        var handled = page.HandlerMethods.Select(handler => handler.HttpMethod.ToUpperInvariant());
        var allowed = handled.Prepend(HttpMethods.Head).Prepend(HttpMethods.Get).Distinct().ToList();
        if (allowed.Contains(context.Request.Method)) return next(context);
        return NotAllowed(context, string.Join(", ", allowed));
    });

    /// <summary>
    /// Parses a form before a handler uses it. Responds 400 if the form cannot be parsed, and 415 if a page receives
    /// another kind of body. If the headers alone are enough to refuse the request, its body is not read.
    /// </summary>
    public static void UseForms(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (!Csrf.IsSafe(context.Request.Method) && context.GetEndpoint() is not null
            && await Refusal(context) is { } status)
            await Problems.Of(status).ExecuteAsync(context);
        else await next(context);
    });

    private static async Task<int?> Refusal(HttpContext context)
    {
        var request = context.Request;
        try
        {
            if (request.HasFormContentType) await ReadForm(context);
            else if (Page(context) is null) return null;
            else if (!HasBody(context) || MaySendJson(context)) request.Form = FormCollection.Empty;
            else return StatusCodes.Status415UnsupportedMediaType;
            return null;
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // The body ends before the form is complete.
            return StatusCodes.Status400BadRequest;
        }
    }

    private static async Task ReadForm(HttpContext context)
    {
        if (!Csrf.MayPass(context.Request)) return;
        context.Request.Body = new MemoryStream(await RequestBody.Read(context));
        await context.Request.ReadFormAsync(context.RequestAborted);
    }

    private static bool HasBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };

    private static bool MaySendJson(HttpContext context) =>
        context.Request.HasJsonContentType() && context.GetEndpoint()!.Metadata.GetMetadata<TakesJson>() is not null;

    private static CompiledPageActionDescriptor? Page(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<CompiledPageActionDescriptor>();
}
