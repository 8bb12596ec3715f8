using Pacil.Data;
using Pacil.Web.Hosting;

namespace Pacil.Web;

/// <summary>
/// Turns every exception, and every error of the framework, into a problem response. No other code does this.
/// </summary>
internal static partial class Problems
{
    public static bool WantsHtml(this HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public static void UseProblems(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILogger<Problem>>();
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
                if (IsBareFailure(context.Response)) await Of(context.Response.StatusCode).ExecuteAsync(context);
            }
            catch (Exception e) when (!context.Response.HasStarted)
            {
                if (context.RequestAborted.IsCancellationRequested) return;
                var problem = Of(e, context, log);
                var cookies = context.Response.Headers.SetCookie;
                context.Response.Clear();
                context.Response.Headers.SetCookie = cookies;
                SecurityHeaders.Set(context.Response);
                await problem.ExecuteAsync(context);
            }
        });
    }

    /// <summary>Whether the framework has refused the request (405, 415 …) without a response body.</summary>
    private static bool IsBareFailure(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentLength: null or 0, ContentType: null };

    /// <summary>
    /// The problem that describes an exception. Also logs the exception if the server itself has failed (5xx).
    /// </summary>
    public static Problem Of(Exception e, HttpContext context, ILogger log)
    {
        var problem = Of(e);
        if (problem.Status >= StatusCodes.Status500InternalServerError && e is not ProblemException)
            LogFailure(log, e, context.Request.Method, Route(context), Problem.TraceId(context));
        return problem;
    }

    /// <summary>The route template. The values in the address may be secrets, so they are not logged.</summary>
    private static string Route(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? context.Request.Path;

    private static Problem Of(Exception e) => e switch
    {
        ProblemException refused => refused.Problem,
        TooManyPieces => new(StatusCodes.Status409Conflict, "too_many_pieces", Counts.PiecesMax),
        BadHttpRequestException bad => Of(bad.StatusCode),
        InvalidDataException => Of(StatusCodes.Status400BadRequest),
        DatabaseUnavailable { IsLate: true } => new(StatusCodes.Status503ServiceUnavailable, "took_too_long")
        { RetryAfterSeconds = 5 },
        DatabaseUnavailable lost => new(
            StatusCodes.Status503ServiceUnavailable, lost.IsInDoubt ? "outcome_unknown" : "unavailable")
        { RetryAfterSeconds = 1 },
        _ => Of(StatusCodes.Status500InternalServerError),
    };

    public static Problem Of(int status) => new(status, status switch
    {
        400 => "malformed",
        401 => "not_signed_in",
        403 => "forbidden",
        404 => "not_found",
        405 => "method_not_allowed",
        406 => "not_acceptable",
        408 => "timed_out",
        413 => "too_large",
        414 or 431 => "too_long",
        415 => "unsupported_media_type",
        429 => "too_many_requests",
        503 => "unavailable",
        >= 500 => "internal",
        _ => "malformed",
    });

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed; trace {TraceId}")]
    private static partial void LogFailure(ILogger log, Exception e, string method, string path, string traceId);
}
