using System.Buffers;
using System.Globalization;
using Pacil.Web;

namespace Pacil.Streaming.Transports;

/// <summary>
/// A long poll with the response <c>{"entries": […], "cursor": "…"}</c>. The response is sent immediately if there are
/// new entries, otherwise when an entry is committed. If no entry is committed during the wait, the list is empty. A
/// long response is sent in parts, only as fast as the client reads. A client that reads nothing for 30 seconds is
/// disconnected.
/// </summary>
internal sealed partial class LongPoll(HttpContext context, StreamContext parts)
{
    private const int WaitSecondsMax = 55;
    private const int WaitSecondsDefault = 25;

    private readonly FrameBuffer answer = new(parts.Time);
    private bool isCut;

    private FeedSubscriber Subscriber => parts.Subscriber;

    private HttpResponse Response => context.Response;

    private bool IsOver => isCut || context.RequestAborted.IsCancellationRequested;

    /// <exception cref="ProblemException">422 if <c>wait</c> is not between 0 and 55 seconds.</exception>
    public static TimeSpan Wait(HttpRequest request) => request.Query["wait"].FirstOrDefault() switch
    {
        null or "" => TimeSpan.FromSeconds(WaitSecondsDefault),
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= WaitSecondsMax => TimeSpan.FromSeconds(seconds),
        _ => throw new ProblemException(Problem.Invalid("wait", "error.not_between", 0, WaitSecondsMax)),
    };

    public static async Task Serve(HttpContext context, StreamContext parts, ResyncNotice start, TimeSpan wait)
    {
        TcpConnectionProbe.KeepAlive(context);
        var poll = new LongPoll(context, parts);
        try
        {
            await poll.Answer(start, wait);
        }
        finally
        {
            poll.answer.Clear();
        }
    }

    private async Task Answer(ResyncNotice start, TimeSpan wait)
    {
        Subscriber.Ticked = Check;
        answer.Write("{\"entries\":["u8);
        if (start is { Reason: null, Gone.Count: 0 }) start = await Gather(wait);
        if (IsOver) return;
        if (!Response.HasStarted && await parts.FindUser() is null)
        {
            await Problems.Of(StatusCodes.Status401Unauthorized).ExecuteAsync(context);
            return;
        }
        foreach (var place in Subscriber.Positions) Subscriber.Visit.Linger(place.Ring);
        WriteEnd(start);
        if (!Response.HasStarted) Response.ContentLength = answer.Length;
        await Send();
    }

    private ValueTask Send()
    {
        if (!Response.HasStarted) Response.ContentType = Json.ContentType;
        return answer.Sent(Response.Body.WriteAsync(answer.Written));
    }

    private void WriteEnd(ResyncNotice start)
    {
        answer.Write("],\"cursor\":\""u8);
        answer.Write(FeedFrames.Cursor(parts.Epoch, Subscriber));
        answer.Write("\""u8);
        if (start.Reason is not null)
        {
            answer.Write(",\"reset\":"u8);
            answer.Write(FeedFrames.Reset(start.Reason, start.Reset));
        }
        WriteHere(Subscriber.Here());
        if (start.Gone.Count > 0) answer.Write($",\"gone\":[{string.Join(',', start.Gone)}]");
        answer.Write("}"u8);
    }

    /// <summary>
    /// Writes the users present. Writes nothing if the request does not count as presence.
    /// </summary>
    private void WriteHere(List<byte[]> here)
    {
        if (here.Count == 0) return;
        answer.Write(",\"here\":["u8);
        for (var n = 0; n < here.Count; n++)
        {
            if (n > 0) answer.Write(","u8);
            answer.Write(here[n]);
        }
        answer.Write("]"u8);
    }
}
