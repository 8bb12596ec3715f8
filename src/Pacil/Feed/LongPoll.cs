using System.Globalization;
using System.Text;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>
/// <c>{"entries": […], "cursor": "…"}</c>: at once when there are entries, else as soon as there are, else empty
/// when the wait is over.
/// </summary>
internal static class LongPoll
{
    private const int EntriesMax = 500;
    private const int WaitSecondsMax = 55;
    private const int WaitSecondsDefault = 25;

    /// <exception cref="RefusedException">422: not between 0 and 55 seconds.</exception>
    public static TimeSpan Wait(HttpRequest request) => request.Query["wait"].FirstOrDefault() switch
    {
        null or "" => TimeSpan.FromSeconds(WaitSecondsDefault),
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= WaitSecondsMax => TimeSpan.FromSeconds(seconds),
        _ => throw new RefusedException(Problem.Invalid("wait", "error.too_large", WaitSecondsMax)),
    };

    public static async Task Serve(HttpContext context, StreamParts parts, Correction start, TimeSpan wait)
    {
        PeerSocket.KeepAlive(context);
        var body = new MemoryStream();
        body.Write("{\"entries\":["u8);
        if (start is { Reason: null, Gone.Count: 0 }) start = await Gather(context, parts, body, wait);
        if (context.RequestAborted.IsCancellationRequested) return;
        if (await parts.FindUser() is null)
        {
            await Problems.Of(StatusCodes.Status401Unauthorized).ExecuteAsync(context);
            return;
        }
        foreach (var place in parts.Follower.Places) parts.Follower.Visit.Linger(place.Ring);
        body.Write("],\"cursor\":\""u8);
        body.Write(Encoding.UTF8.GetBytes(FeedFrames.Cursor(parts.Epoch, parts.Follower)));
        body.Write("\""u8);
        if (start.Reason is not null)
        {
            body.Write(",\"reset\":"u8);
            body.Write(FeedFrames.Reset(start.Reason, start.Reset));
        }
        WriteHere(body, parts.Follower.Here());
        if (start.Gone.Count > 0) body.Write(Encoding.UTF8.GetBytes($",\"gone\":[{string.Join(',', start.Gone)}]"));
        body.Write("}"u8);
        context.Response.ContentType = Json.ContentType;
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    /// <summary>Who is here, as of the answer; nothing where one only looks.</summary>
    private static void WriteHere(MemoryStream body, List<byte[]> here)
    {
        if (here.Count == 0) return;
        body.Write(",\"here\":["u8);
        for (var n = 0; n < here.Count; n++)
        {
            if (n > 0) body.Write(","u8);
            body.Write(here[n]);
        }
        body.Write("]"u8);
    }

    /// <returns>What has become of a place meanwhile.</returns>
    private static async Task<Correction> Gather(
        HttpContext context, StreamParts parts, MemoryStream body, TimeSpan wait)
    {
        var follower = parts.Follower;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, parts.Stopping);
        over.CancelAfter(wait);
        using var woken = over.Token.UnsafeRegister(static wakeup => ((Wakeup)wakeup!).Call(), follower.Wakeup);
        var endings = parts.Endings;
        follower.Ticked = (_, _) =>
        {
            if (endings != parts.Endings || parts.HasExpired) follower.Wakeup.Call();
        };
        for (var count = 0; count < EntriesMax;)
        {
            var step = follower.Next(out var place, out var entry);
            if (step == Step.Entry)
            {
                if (count++ > 0) body.Write(","u8);
                body.Write(entry.Json);
            }
            else if (step == Step.Idle)
            {
                if (count > 0 || over.IsCancellationRequested) break;
                if (endings != parts.Endings || parts.HasExpired)
                {
                    endings = parts.Endings;
                    if (await parts.FindUser() is null) break;
                }
                await follower.Wakeup.Wait();
            }
            // What was read before it is answered first; the next poll meets the rest.
            else if (count > 0 && step != Step.Behind) break;
            else if (await follower.Mend(step, place) is { } news) return news;
        }
        return Correction.None;
    }
}
