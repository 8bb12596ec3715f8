using Pacil.Data;

namespace Pacil.Streaming.Transports;

/// <summary>
/// The common part of server-sent events and WebSockets: hello, entries as they come, a heartbeat every 15 seconds, and
/// a close frame with the reason. A client that reads nothing for 30 seconds is cut off; it reconnects by itself.
/// </summary>
internal abstract partial class FeedStream(StreamContext parts)
{
    /// <summary>Entries are gathered up to about this size before they are sent.</summary>
    public const int BurstBytes = 16 * 1024;

    private string? held;
    private int unsent;

    protected StreamContext Feed => parts;

    protected FrameBuffer Frames { get; } = new(parts.Time);

    protected FeedSubscriber Subscriber => parts.Subscriber;

    /// <summary>The peer has gone, or has asked to end.</summary>
    protected abstract bool IsOver { get; }

    /// <summary>Appends an entry to the frames that are sent next, and returns its bytes.</summary>
    protected abstract ValueTask<int> Entry(byte[] json);

    /// <summary>Appends a named frame, with the cursor if it moves the client's position.</summary>
    protected abstract ValueTask Frame(string name, byte[] data, bool hasCursor);

    protected abstract ValueTask Flush();

    /// <summary>A command of the client is waiting.</summary>
    protected virtual bool IsAsked => false;

    /// <summary>Runs the waiting command, between two entries.</summary>
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
            // Checked also while the client catches up: it continues in the next process.
            if (parts.Stopping.IsCancellationRequested)
            {
                await End("stopping");
                return;
            }
            // A command is not run for a user who has signed out.
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

    protected async ValueTask Say(string name, byte[] data, bool hasCursor = false)
    {
        await Frame(name, data, hasCursor);
        await Send();
    }

    /// <returns>False if the stream has ended because its user may no longer see a feed.</returns>
    private async ValueTask<bool> Tell(ResyncNotice news)
    {
        // Only the last frame carries the cursor: a client that is cut off in between gets all of them again.
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
