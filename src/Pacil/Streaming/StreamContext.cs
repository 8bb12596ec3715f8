using System.Security.Claims;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Streaming.Commands;

namespace Pacil.Streaming;

/// <summary>The objects that one stream uses, such as its subscriber, its user and the clock.</summary>
internal sealed record StreamContext(
    FeedSubscriber Subscriber, string Epoch, TimeProvider Time, CancellationToken Stopping)
{
    /// <summary>Used to check whether the session or token that opened the stream is still valid.</summary>
    public required SessionStore Sessions { get; init; }
    public required CurrentUser User { get; init; }

    /// <summary>Whether the commands of the client are rate-limited.</summary>
    public required bool IsLimited { get; init; }

    /// <summary>Goes up with every revocation that may concern the user's session or token.</summary>
    public int Revocations => Sessions.Revocations.Of(User.Id);

    /// <summary>The user with their current name and rights; null if the session or token is no longer valid.</summary>
    public ValueTask<ClaimsPrincipal?> FindUser() =>
        HasExpired ? default : Sessions.Find(User.Key, CancellationToken.None);

    /// <summary>
    /// Whether the session or token has expired. Streams must check this regularly, because an expiry is not
    /// announced as a revocation.
    /// </summary>
    public bool HasExpired => User.ExpiresAt is { } expires && expires <= Time.UtcNow();

    /// <summary>Follows more workspaces, starting at their heads.</summary>
    public required Func<List<long>, Task<ResyncNotice>> Follow { get; init; }

    public required SocketCommandHandlers Commands { get; init; }

    /// <summary>The data of the first frame: the cursor, the heads, the users present, and the server's time.</summary>
    /// <param name="from">Sent instead of the current cursor; see <see cref="ResyncNotice.From"/>.</param>
    public byte[] Hello(string? from = null) =>
        FeedFrames.Hello(from ?? FeedFrames.Cursor(Epoch, Subscriber), Subscriber, Time.GetUtcNow().UtcDateTime);
}
