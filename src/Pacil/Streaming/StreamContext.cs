using System.Security.Claims;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Streaming.Commands;

namespace Pacil.Streaming;

/// <summary>What one stream needs: its subscriber, its user, the clock.</summary>
internal sealed record StreamContext(
    FeedSubscriber Subscriber, string Epoch, TimeProvider Time, CancellationToken Stopping)
{
    /// <summary>The stream ends with the session or token that opened it.</summary>
    public required SessionStore Sessions { get; init; }
    public required CurrentUser User { get; init; }

    /// <summary>Whether its commands count against the limits.</summary>
    public required bool IsLimited { get; init; }

    /// <summary>Changes whenever the session may have been revoked.</summary>
    public int Revocations => Sessions.Revocations.Of(User.Id);

    /// <summary>The stream's user as stored now; null if they may no longer read.</summary>
    public ValueTask<ClaimsPrincipal?> FindUser() =>
        HasExpired ? default : Sessions.Find(User.Key, CancellationToken.None);

    /// <summary>Nothing announces the expiry of a session or token.</summary>
    public bool HasExpired => User.ExpiresAt is { } expires && expires <= Time.UtcNow();

    /// <summary>Follows more workspaces, from their heads.</summary>
    public required Func<List<long>, Task<ResyncNotice>> Follow { get; init; }

    public required SocketCommandHandlers Commands { get; init; }

    /// <summary>The first frame: the cursor, who is here, and the server's time.</summary>
    /// <param name="from">A cursor in place of the current one; see <see cref="ResyncNotice.From"/>.</param>
    public byte[] Hello(string? from = null) =>
        FeedFrames.Hello(from ?? FeedFrames.Cursor(Epoch, Subscriber), Subscriber, Time.GetUtcNow().UtcDateTime);
}
