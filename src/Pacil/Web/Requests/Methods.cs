using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Pacil.Web.Requests;

/// <summary>
/// The methods that an address accepts, and the body. The framework would answer every method with the page, or fail on
/// a body that is not a form; here such a request is refused with a problem.
/// </summary>
internal static class Methods
{
    private static readonly object HeadKey = new();

    /// <summary>
    /// Finds the endpoint. HEAD runs as GET, and the server omits the body (RFC 9110, 9.3.2). A stream has no end, so
    /// it refuses HEAD: 405.
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

    /// <summary>405 with <c>Allow</c> for a method that the page does not handle.</summary>
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
    /// Reads a form before any of its fields is used: 400 if it cannot be read, 415 if a page gets something else. The
    /// body of a request that is refused in any case is not read.
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
            // The body ended too early.
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
