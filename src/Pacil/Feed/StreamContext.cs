using System.Security.Claims;
using Pacil.Accounts;
using Pacil.Data;

namespace Pacil.Feed;

/// <summary>What one stream needs: its subscriber, its user, the clock.</summary>
internal sealed record StreamContext(
    FeedSubscriber Subscriber, string Epoch, TimeProvider Time, CancellationToken Stopping)
{
    /// <summary>The sessions and tokens; the stream ends with the one that opened it.</summary>
    public required Sessions Sessions { get; init; }
    public required CurrentUser User { get; init; }

    /// <summary>Whether its commands count against the limits.</summary>
    public required bool IsLimited { get; init; }

    /// <summary>Changes whenever the session may have been revoked.</summary>
    public int Revocations => Sessions.Revocations.Of(User.Id);

    /// <summary>The current state of the stream's user; null where they may not read any more.</summary>
    public ValueTask<ClaimsPrincipal?> FindUser() =>
        HasExpired ? default : Sessions.Find(User.Key, CancellationToken.None);

    /// <summary>The session or token has expired; nothing else announces that.</summary>
    public bool HasExpired => User.ExpiresAt is { } expires && expires <= Time.UtcNow();

    /// <summary>Follows more workspaces, from their heads.</summary>
    public required Func<List<long>, Task<ResyncNotice>> Follow { get; init; }

    /// <summary>The commands of a WebSocket.</summary>
    public required SocketCommandHandlers Commands { get; init; }

    /// <summary>The first frame: the cursor, who is here, and the server's time.</summary>
    /// <param name="from">The client's own cursor, where a notice follows before its position is valid.</param>
    public byte[] Hello(string? from = null) =>
        FeedFrames.Hello(from ?? FeedFrames.Cursor(Epoch, Subscriber), Subscriber, Time.GetUtcNow().UtcDateTime);
}
