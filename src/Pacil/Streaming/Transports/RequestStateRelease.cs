using Microsoft.AspNetCore.Http.Features;

namespace Pacil.Streaming.Transports;

/// <summary>Releases what a stream no longer needs of its request and would otherwise hold for hours.</summary>
internal static class RequestStateRelease
{
    /// <summary>Releases the headers, the cookies and the query. Call it once the response has started.</summary>
    public static void ForgetRequest(this HttpContext context)
    {
        context.Request.Headers.Clear();
        context.Features.Set<IRequestCookiesFeature>(null);
        context.Features.Set<IQueryFeature>(null);
    }
}
