using Microsoft.AspNetCore.Http.Metadata;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;
using Pacil.Workspaces;

namespace Pacil.Streaming;

/// <summary>Maps the endpoint that sends new log entries to clients.</summary>
internal static class FeedRoutes
{
    private static readonly Parameter[] Asked =
    [
        Parameter.Text("after", "From where: a cursor, or start; may repeat. From now on if it is left out."),
        Parameter.Text("follow", $"Workspaces, as 2,7; {FollowFeed.FeedsMax} at most. Your own if it is left out."),
        Parameter.Text("here", "At which places of the first workspace you are, as room:3,item:9."),
        Parameter.Integer("wait", "By long polling: how many seconds at most, 0 to 55; 25 if it is left out."),
        Parameter.Header("Last-Event-ID", "As after, and stronger; what an EventSource sends when it comes back."),
    ];

    /// <summary>
    /// The endpoint itself allows anonymous requests and has no rate limit. Its handler refuses users who are not
    /// signed in or exceed a limit, because <c>UseFeed</c> runs the handler before the middlewares for authorization
    /// and rate limits.
    /// </summary>
    public static void MapFeed(this IEndpointRouteBuilder workspace)
    {
        var feed = workspace.ServiceProvider.GetRequiredService<FollowFeed>();
        var routes = workspace.MapGroup("/feed")
            .WithMetadata(new EndlessAnswer()).AllowAnonymous().DisableRateLimiting().NotInABatch();
        routes.MapGet("", feed.Handle)
            .WithMetadata(((Delegate)feed.Handle).Method).WithTags("Feed")
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(PollAnswer), ["application/json"]))
            .WithOperation("followFeed", "Follow every change, while it happens.")
            .WithDescription("By WebSocket, by server-sent events, or by long polling, which this answer describes.")
            .WithParameters([CurrentWorkspace.Asked, .. Asked])
            .Refuses(400, "bad_cursor", "malformed").Refuses(401, "not_signed_in").Refuses(403, "csrf")
            .Refuses(404, "not_found").Refuses(426, "malformed")
            .Refuses(429, "too_many_requests", "too_many_streams");
        // Over HTTP/2, a client opens a WebSocket with the method CONNECT (RFC 8441).
        routes.MapMethods("", [HttpMethods.Connect], feed.Handle).ExcludeFromDescription();
    }
}
