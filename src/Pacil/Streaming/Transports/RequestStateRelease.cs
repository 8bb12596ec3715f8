using Microsoft.AspNetCore.Http.Features;

namespace Pacil.Streaming.Transports;

/// <summary>Releases parts of a request that a stream does not need but would hold in memory for hours.</summary>
internal static class RequestStateRelease
{
    /// <summary>Releases the request's headers, cookies and query. Call it after the response has started.</summary>
    public static void ReleaseRequest(this HttpContext context)
    {
        context.Request.Headers.Clear();
        context.Features.Set<IRequestCookiesFeature>(null);
        context.Features.Set<IQueryFeature>(null);
    }
}
