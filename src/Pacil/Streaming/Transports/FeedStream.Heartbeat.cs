using System.Security.Claims;
using Pacil.Data;
using Pacil.Identity.Accounts;

namespace Pacil.Streaming.Transports;

/// <summary>Sends heartbeats, and ends streams of signed-out users and of lost or stuck connections.</summary>
internal abstract partial class FeedStream
{
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AnsweredAfter = TimeSpan.FromSeconds(11);

    private long heartbeatAt;
    private int revocations = parts.Revocations;
    private bool isCut;

    /// <summary>Whether the client's operating system has stopped acknowledging the data sent to it.</summary>
    protected virtual bool IsLost => false;

    /// <summary>Aborts the connection without a close frame.</summary>
    protected abstract void Abort();

    protected virtual void Renew(ClaimsPrincipal user) { }

    private async ValueTask<bool> Heartbeat()
    {
        heartbeatAt = parts.Time.GetTimestamp();
        try
        {
            if (!await IsSignedIn()) return false;
        }
        catch (DatabaseUnavailable)
        {
            // The database cannot be read now. The next heartbeat checks the user's session or token.
        }
        await SendNamed("heartbeat", FeedFrames.Time(parts.Time.GetUtcNow().UtcDateTime));
        return true;
    }

    /// <returns>
    /// False if the user's session or token is no longer valid. In this case, the close frame was sent.
    /// </returns>
    private async ValueTask<bool> IsSignedIn()
    {
        var seen = parts.Revocations;
        if (await parts.FindUser() is not { } user)
        {
            await End("signed_out");
            return false;
        }
        revocations = seen;
        Subscriber.Visit.Rename(((CurrentUser)user.Identity!).Username);
        Renew(user);
        return true;
    }

    private ValueTask End(string reason) => SendNamed("close", FeedFrames.Close(reason));

    /// <summary>
    /// True from the timer tick that is nearest to the end of the heartbeat interval, until a heartbeat is sent. Always
    /// true when the session or token has expired.
    /// </summary>
    private bool IsHeartbeatDue(long now) =>
        parts.Time.GetElapsedTime(heartbeatAt, now) + Broadcaster.Tick / 2 >= HeartbeatEvery || parts.HasExpired;

    private void Check(TimeProvider time, long now)
    {
        if (Frames.IsStuck(now, parts.Stopping) || time.GetElapsedTime(heartbeatAt, now) > AnsweredAfter && IsLost)
        {
            isCut = true;
            Abort();
            return;
        }
        if (Frames.IsSlow(now)) Subscriber.Share();
        if (IsHeartbeatDue(now) || revocations != parts.Revocations) Subscriber.Signal.Call();
    }
}
