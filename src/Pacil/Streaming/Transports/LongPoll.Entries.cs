using System.Buffers;
using Pacil.Data;

namespace Pacil.Streaming.Transports;

/// <summary>Collects the entries of a response, and aborts the connection if the client reads too slowly.</summary>
internal sealed partial class LongPoll
{
    /// <summary>
    /// The maximum size of a response in bytes, not counting its last entry. The client gets the remaining entries with
    /// its next poll, which sends the cursor of this response.
    /// </summary>
    private const int BytesMax = 1024 * 1024;
    private const int EntriesMax = 500;

    private int revocations = parts.Revocations;
    private int count;
    private int sent;

    /// <returns>A notice about positions that are no longer valid, or <see cref="ResyncNotice.None"/>.</returns>
    private async Task<ResyncNotice> Gather(TimeSpan wait)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, parts.Stopping);
        over.CancelAfter(wait);
        using var woken = over.Token.UnsafeRegister(static signal => ((AsyncSignal)signal!).Call(), Subscriber.Signal);
        while (count < EntriesMax && sent + answer.Length < BytesMax)
        {
            if (answer.Length > FeedStream.BurstBytes && !await SendBurst()) break;
            var step = Subscriber.Next(out var place, out var entry);
            if (step == ReadResult.Entry)
            {
                if (count++ > 0) answer.Write(","u8);
                answer.Write(entry.Json);
            }
            else if (step == ReadResult.Idle)
            {
                if (count > 0 || over.IsCancellationRequested || !await IsSignedIn()) break;
                await Subscriber.Signal.Wait();
            }
            // The response ends with the entries that were read so far. The next poll gets the notice that a position
            // is no longer valid.
            else if (count > 0 && step != ReadResult.Behind) break;
            else if (await Recover(step, place) is { } news) return news;
        }
        return ResyncNotice.None;
    }

    /// <returns>
    /// A notice for the client; null to continue reading. If the database is not available after some entries were
    /// read, the empty notice ends the response with these entries.
    /// </returns>
    private async Task<ResyncNotice?> Recover(ReadResult step, FeedPosition place)
    {
        try
        {
            return await Subscriber.Recover(step, place);
        }
        catch (DatabaseUnavailable) when (count > 0)
        {
            return ResyncNotice.None;
        }
    }

    /// <summary>Checks that the user is still signed in, and sends the collected entries.</summary>
    /// <returns>False if the response must not get more entries.</returns>
    private async ValueTask<bool> SendBurst()
    {
        // A signed-out user gets the status 401. If part of the response was already sent, the connection is aborted.
        var isAllowed = Response.HasStarted ? await IsSignedIn() : await parts.FindUser() is not null;
        if (!isAllowed && Response.HasStarted) Abort();
        if (!isAllowed) return false;
        sent += answer.Length;
        await Send();
        return !IsOver && !parts.Stopping.IsCancellationRequested;
    }

    /// <summary>
    /// Whether the user's session or token is still valid. The user is looked up only after a revocation of the
    /// account, or when the session or token has expired.
    /// </summary>
    private async ValueTask<bool> IsSignedIn()
    {
        if (revocations == parts.Revocations && !parts.HasExpired) return true;
        revocations = parts.Revocations;
        return await parts.FindUser() is not null;
    }

    private void Check(TimeProvider time, long now)
    {
        if (answer.IsStuck(now, parts.Stopping)) Abort();
        if (answer.IsSlow(now)) Subscriber.Share();
        if (revocations != parts.Revocations || parts.HasExpired) Subscriber.Signal.Call();
    }

    private void Abort()
    {
        isCut = true;
        context.Abort();
    }
}
