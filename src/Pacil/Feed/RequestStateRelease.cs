using Microsoft.AspNetCore.Http.Features;

namespace Pacil.Feed;

/// <summary>What a stream needs of its request no more, and would hold on to for hours.</summary>
internal static class RequestStateRelease
{
    /// <summary>Lets go of the headers, the cookies and the query; to be called once the answer has begun.</summary>
    public static void ForgetRequest(this HttpContext context)
    {
        context.Request.Headers.Clear();
        context.Features.Set<IRequestCookiesFeature>(null);
        context.Features.Set<IQueryFeature>(null);
    }
}
