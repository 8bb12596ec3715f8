using System.Security.Claims;
using Pacil.Accounts;
using Pacil.Data;

namespace Pacil.Feed;

/// <summary>What a stream is made of.</summary>
internal sealed record StreamContext(
    FeedSubscriber Subscriber, string Epoch, TimeProvider Time, CancellationToken Stopping)
{
    /// <summary>Where the session or token that opened the stream is known; it ends with it.</summary>
    public required Sessions Sessions { get; init; }
    public required CurrentUser User { get; init; }

    /// <summary>Whether what it may ask for is counted.</summary>
    public required bool IsLimited { get; init; }

    /// <summary>Changes when the session may have ended.</summary>
    public int Revocations => Sessions.Revocations.Of(User.Id);

    /// <summary>Whoever opened the stream, as they are now; null where they may not read any more.</summary>
    public ValueTask<ClaimsPrincipal?> FindUser() =>
        HasExpired ? default : Sessions.Find(User.Key, CancellationToken.None);

    /// <summary>The time of the session or token is over, which nobody announces.</summary>
    public bool HasExpired => User.ExpiresAt is { } expires && expires <= Time.UtcNow();

    /// <summary>Follows further workspaces, from now on.</summary>
    public required Func<List<long>, Task<ResyncNotice>> Follow { get; init; }

    /// <summary>What a WebSocket may ask for.</summary>
    public required SocketCommandHandlers Verbs { get; init; }

    /// <summary>Where the stream is now, who is here, and the server's time.</summary>
    /// <param name="from">Where the reader is, as long as something is to be told before the place is good.</param>
    public byte[] Hello(string? from = null) =>
        FeedFrames.Hello(from ?? FeedFrames.Cursor(Epoch, Subscriber), Subscriber, Time.GetUtcNow().UtcDateTime);
}
