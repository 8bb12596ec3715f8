using System.Globalization;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Log;
using Pacil.Streaming.Commands;
using Pacil.Streaming.Presence;
using Pacil.Streaming.Transports;
using Pacil.Web;
using Pacil.Web.RateLimits;
using Pacil.Workspaces;

namespace Pacil.Streaming;

/// <summary>
/// Handles <c>GET /api/feed?after=CURSOR&amp;follow=1,7</c>. The response is a WebSocket, server-sent events or a long
/// poll, depending on the request. A cursor from one of these transports works with the others too.
/// </summary>
internal sealed class FollowFeed(
    Broadcaster broadcaster, FeedLog log, PresenceTracker presence, PollingPresence pollers,
    SocketCommandHandlers commands, StreamLimiter caps, PresenceLocationFinder finder, SessionStore sessions,
    TimeProvider time, IHostApplicationLifetime lifetime)
{
    public const int FeedsMax = 50;

    /// <summary>Thousands of these calls run for hours at the same time, so each must keep few objects alive.</summary>
    public async Task Handle(HttpContext context)
    {
        var user = CurrentUser.Of(context);
        context.Response.Headers.CacheControl = "no-store";
        if ((Upgrade.Refusal(context) ?? Limits.Count(context, 1)) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }
        var wait = LongPoll.Wait(context.Request);
        using var taken = caps.Take(context);
        if (taken is null)
        {
            await new Problem(StatusCodes.Status429TooManyRequests, "too_many_streams") { RetryAfterSeconds = 5 }
                .ExecuteAsync(context);
            return;
        }
        using var subscriber = new FeedSubscriber(broadcaster, log, user.Id, Visit(context, user, wait));
        var (asked, cursor) = Asked(context.Request, user, CurrentWorkspace.Of(context).Id);
        var start = await Start(subscriber, user, asked, cursor, context.RequestAborted);
        if (start.Gone.Count > 0
            && (context.Request.Query.ContainsKey("follow") || context.Request.RouteValues.ContainsKey("workspace")))
        {
            await Problem.NotFound.ExecuteAsync(context);
            return;
        }
        if (await BeHere(context.Request, subscriber) is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }
        var feed = new StreamContext(subscriber, log.Epoch, time, lifetime.ApplicationStopping)
        {
            Sessions = sessions,
            User = user,
            IsLimited = caps.AreOn,
            Commands = commands,
            Follow = async feeds => await Start(subscriber, user, feeds, null, context.RequestAborted),
        };
        await Serve(context, feed, start, wait);
    }

    private static Task Serve(HttpContext context, StreamContext feed, ResyncNotice start, TimeSpan wait) =>
        context.WebSockets.IsWebSocketRequest ? SocketStream.Serve(context, feed, start)
        : IsStream(context) ? EventStream.Serve(context, feed, start)
        : LongPoll.Serve(context, feed, start, wait);

    private static bool IsStream(HttpContext context) => context.WebSockets.IsWebSocketRequest
        || context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    /// <summary>A poll with <c>wait=0</c> counts as presence only with the query parameter <c>here</c>.</summary>
    private ConnectionPresence Visit(HttpContext context, CurrentUser user, TimeSpan wait) => new(
        presence, pollers, finder, new PresentUser(user.Id, user.Username),
        isCounted: wait > TimeSpan.Zero || IsStream(context) || context.Request.Query.ContainsKey("here"));

    /// <summary>Reads the user's locations in the first workspace from the query: <c>here=room:3,item:9</c>.</summary>
    private static async Task<Problem?> BeHere(HttpRequest request, FeedSubscriber subscriber)
    {
        if (request.Query["here"] is not { Count: > 0 } here) return null;
        if (subscriber.Workspace(null) is not { } workspace) return null;
        var places = here.SelectMany(list => list!.Split(',', StringSplitOptions.RemoveEmptyEntries));
        return await subscriber.Visit.Move(
            "here", workspace.Ring.Feed, places, PresenceMoveKind.Returning, request.HttpContext.RequestAborted);
    }

    /// <summary>
    /// The feeds to follow: those in the query parameter <c>follow</c>; without this parameter, those in the request's
    /// cursor; without a cursor, the workspace of the URL.
    /// </summary>
    private static (List<long> Feeds, FeedCursor? Cursor) Asked(HttpRequest request, CurrentUser user, long workspace)
    {
        var cursor = request.Headers["Last-Event-ID"].FirstOrDefault() is { Length: > 0 } last
            ? FeedCursor.Merge([last])
            : FeedCursor.Merge(request.Query["after"].Where(after => after != ""));
        if (request.Query["follow"] is { Count: > 0 } follow)
        {
            var feeds = new List<long>();
            foreach (var part in follow.SelectMany(list => list!.Split(',')).Distinct())
                if (long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var feed)) feeds.Add(feed);
                else throw new ProblemException(Problem.Invalid("follow", "error.not_a_whole_number"));
            return (Few("follow", feeds, user), cursor);
        }
        return (cursor is { Places.Count: > 0 } ? Few("after", cursor.Places.Keys, user) : [workspace], cursor);
    }

    /// <summary>
    /// Checks the number of requested feeds. The user's inbox does not count and is removed from the list, because
    /// every stream follows the inbox.
    /// </summary>
    private static List<long> Few(string field, IEnumerable<long> feeds, CurrentUser user)
    {
        var few = feeds.Where(feed => feed != user.InboxId).ToList();
        return few.Count <= FeedsMax ? few
            : throw new ProblemException(Problem.Invalid(field, "error.too_many", FeedsMax));
    }

    private async Task<ResyncNotice> Start(
        FeedSubscriber subscriber, CurrentUser user, List<long> feeds, FeedCursor? cursor,
        CancellationToken cancellation)
    {
        var isOtherEpoch = cursor is { IsStart: false } && cursor.Epoch != log.Epoch;
        var start = new ResyncNotice([], [], null);
        foreach (var feed in feeds.Append(user.InboxId).Distinct())
        {
            var (isFound, reset) = await subscriber.Follow(
                feed, feed == user.InboxId, cursor?.From(feed), isOtherEpoch, cancellation);
            if (!isFound) start.Gone.Add(feed);
            if (reset is null) continue;
            if (feed != user.InboxId) start.Reset.Add(feed);
            start = start with { Reason = start.Reason is null or "ahead" ? reset : start.Reason };
        }
        return start is { Reason: null, Gone.Count: 0 } ? start : start with { From = From() };

        // The cursor for the hello frame has the request's positions, also for feeds that the user may no longer see. A
        // client that is disconnected before it receives the notice reconnects with this cursor and gets the same
        // notice. A feed that was not in the request's cursor has its current position.
        string From() => new FeedCursor(
            cursor is null or { IsStart: true } ? log.Epoch : cursor.Epoch,
            feeds.Append(user.InboxId).Distinct().ToDictionary(
                feed => feed, feed => cursor?.From(feed) ?? subscriber.Reached(feed))).ToString();
    }
}
