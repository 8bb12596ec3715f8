using Pacil.Data;

namespace Pacil.Streaming.Transports;

/// <summary>
/// The common part of server-sent events and WebSockets. The stream begins with a hello frame. It sends each entry as
/// soon as it is committed, and a heartbeat every 15 seconds. A close frame with a reason ends the stream. A client
/// that reads nothing for 30 seconds is disconnected, and reconnects by itself.
/// </summary>
internal abstract partial class FeedStream(StreamContext parts)
{
    /// <summary>The number of bytes of entries after which the collected entries are sent.</summary>
    public const int BurstBytes = 16 * 1024;

    private string? held;
    private int unsent;

    protected StreamContext Feed => parts;

    protected FrameBuffer Frames { get; } = new(parts.Time);

    protected FeedSubscriber Subscriber => parts.Subscriber;

    /// <summary>Whether the connection has closed, or must end because of a message from the client.</summary>
    protected abstract bool IsOver { get; }

    /// <summary>Writes an entry to the stream or to its buffer, and returns the number of written bytes.</summary>
    protected abstract ValueTask<int> Entry(byte[] json);

    /// <summary>Writes a named frame to the stream or to its buffer.</summary>
    /// <param name="hasCursor">True if the frame contains the cursor, which moves the client's position.</param>
    protected abstract ValueTask Frame(string name, byte[] data, bool hasCursor);

    protected abstract ValueTask Flush();

    /// <summary>Whether a command of the client is waiting.</summary>
    protected virtual bool IsAsked => false;

    /// <summary>Runs the waiting command and sends the response. Called between two entries.</summary>
    protected virtual ValueTask Dispatch() => ValueTask.CompletedTask;

    protected async Task Run(ResyncNotice start)
    {
        try
        {
            await Live(start);
        }
        catch (DatabaseUnavailable)
        {
            await End("unavailable");
        }
    }

    private async Task Live(ResyncNotice start)
    {
        heartbeatAt = parts.Time.GetTimestamp();
        Subscriber.Ticked = Check;
        held = start.From;
        await Frame("hello", parts.Hello(held), hasCursor: true);
        held = null;
        if (!await Tell(start)) return;
        while (!IsOver && !isCut)
        {
            // When the program stops, the stream ends, even if the client has not received all missed entries yet. The
            // client reconnects to the next process and continues at its position.
            if (parts.Stopping.IsCancellationRequested)
            {
                await End("stopping");
                return;
            }
            // The check comes before the command, because a signed-out user must not run commands.
            if ((IsAsked || revocations != parts.Revocations) && !await IsSignedIn()) return;
            if (IsAsked) await Dispatch();
            if (unsent > BurstBytes)
            {
                await Send();
                if (IsHeartbeatDue(parts.Time.GetTimestamp()) && !await Heartbeat()) return;
            }
            var step = Subscriber.Next(out var place, out var entry);
            if (step == ReadResult.Entry)
            {
                unsent += await Entry(entry.Json);
                continue;
            }
            if (step != ReadResult.Idle)
            {
                if (await Subscriber.Recover(step, place) is { } changed && !await Tell(changed)) return;
                continue;
            }
            if (Subscriber.News() is { } news)
            {
                await Frame(news.Name, news.Data, hasCursor: false);
                unsent += news.Data.Length;
            }
            else if (unsent > 0) await Send();
            else if (IsHeartbeatDue(parts.Time.GetTimestamp()))
            {
                if (!await Heartbeat()) return;
            }
            else await Subscriber.Signal.Wait();
        }
    }

    protected async ValueTask SendNamed(string name, byte[] data, bool hasCursor = false)
    {
        await Frame(name, data, hasCursor);
        await Send();
    }

    /// <summary>Sends a notice to the client. Ends the stream if the user may no longer see one of the feeds.</summary>
    /// <returns>False if the stream has ended.</returns>
    private async ValueTask<bool> Tell(ResyncNotice news)
    {
        // Only the last of these frames contains the cursor. A client that is disconnected before the last frame has
        // not moved its position, and gets all the frames again.
        if (news.Reason is not null)
            await Frame("reset", FeedFrames.Reset(news.Reason, news.Reset), hasCursor: news.Gone.Count == 0);
        foreach (var feed in news.Gone) await Frame("gone", FeedFrames.Gone(feed), hasCursor: feed == news.Gone[^1]);
        if (news.Gone.Count > 0) await End("gone");
        else await Send();
        return news.Gone.Count == 0;
    }

    private async ValueTask Send()
    {
        await Flush();
        unsent = 0;
    }

    protected void WriteCursor()
    {
        if (held is not null) Frames.Write(held);
        else Frames.Advance(
            FeedFrames.Cursor(Frames.GetSpan(FeedFrames.CursorLength(Subscriber)), parts.Epoch, Subscriber));
    }
}
