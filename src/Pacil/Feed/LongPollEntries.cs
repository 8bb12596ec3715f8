using System.Buffers;
using Pacil.Data;

namespace Pacil.Feed;

/// <summary>The entries of an answer, and how long its peer may take for them.</summary>
internal sealed partial class LongPoll
{
    /// <summary>Of one answer, but for its last entry; the cursor says where the next goes on.</summary>
    private const int BytesMax = 1024 * 1024;
    private const int EntriesMax = 500;

    private int endings = parts.Endings;
    private int count;
    private int sent;

    /// <returns>What has become of a place meanwhile.</returns>
    private async Task<Correction> Gather(TimeSpan wait)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, parts.Stopping);
        over.CancelAfter(wait);
        using var woken = over.Token.UnsafeRegister(static wakeup => ((Wakeup)wakeup!).Call(), Follower.Wakeup);
        while (count < EntriesMax && sent + answer.Length < BytesMax)
        {
            if (answer.Length > FeedStream.BurstBytes && !await SendBurst()) break;
            var step = Follower.Next(out var place, out var entry);
            if (step == Step.Entry)
            {
                if (count++ > 0) answer.Write(","u8);
                answer.Write(entry.Json);
            }
            else if (step == Step.Idle)
            {
                if (count > 0 || over.IsCancellationRequested || !await IsSignedIn()) break;
                await Follower.Wakeup.Wait();
            }
            // What was read before it is answered first; the next poll meets the rest.
            else if (count > 0 && step != Step.Behind) break;
            else if (await Mend(step, place) is { } news) return news;
        }
        return Correction.None;
    }

    /// <returns>What must be told; null where there is more to read.</returns>
    private async Task<Correction?> Mend(Step step, Place place)
    {
        try
        {
            return await Follower.Mend(step, place);
        }
        catch (DatabaseUnavailable) when (count > 0)
        {
            return Correction.None;
        }
    }

    /// <returns>False where the answer ends here.</returns>
    private async ValueTask<bool> SendBurst()
    {
        // Before the first byte the answer can still be 401; afterwards it breaks off.
        var isAllowed = Response.HasStarted ? await IsSignedIn() : await parts.FindUser() is not null;
        if (!isAllowed && Response.HasStarted) Cut();
        if (!isAllowed) return false;
        sent += answer.Length;
        await Send();
        return !IsOver && !parts.Stopping.IsCancellationRequested;
    }

    /// <summary>Asks only where something of theirs has ended since it was last asked.</summary>
    private async ValueTask<bool> IsSignedIn()
    {
        if (endings == parts.Endings && !parts.HasExpired) return true;
        endings = parts.Endings;
        return await parts.FindUser() is not null;
    }

    private void Check(TimeProvider time, long now)
    {
        if (answer.IsStuck(now, parts.Stopping)) Cut();
        if (answer.IsSlow(now)) Follower.Share();
        if (endings != parts.Endings || parts.HasExpired) Follower.Wakeup.Call();
    }

    private void Cut()
    {
        isCut = true;
        context.Abort();
    }
}
