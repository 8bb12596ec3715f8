using Pacil.Web.Hosting;

namespace Pacil.Web.RateLimits;

/// <summary>
/// Limits how often an account or an address may make requests. The limit of an IPv6 /48 subnet is five times the limit
/// of an address. All clients that have no entry because the table is full share one limit, which is twenty-five times
/// the limit of an address. Each method returns null within the limit, otherwise 429 with <c>Retry-After</c>.
/// </summary>
internal sealed class Rates(Settings settings, TimeProvider time)
{
    private const int NetworkFactor = 5;
    private const int RestFactor = 25;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly SlidingWindows requests = new(Minute, time);
    private readonly SlidingWindows searches = new(Minute, time);
    private readonly SlidingWindows signIns = new(Minute, time);
    private readonly SlidingWindows registrations = new(Hour, time);
    private readonly SlidingWindows invitations = new(Hour, time);

    /// <summary>
    /// Counts requests. Retry-After is the length of one segment of the window: when the oldest segment expires, its
    /// requests no longer count.
    /// </summary>
    public Problem? Request(HttpContext context, int count)
    {
        if (settings.AreLimitsOff) return null;
        var permits = settings.RequestsPerMinute;
        count = Math.Min(count, permits);
        var isTaken = Peer.Account(context) is { } account
            ? requests.TryTake(Of(account, permits), null, count, isKnown: true)
            : Take(requests, context, permits, count, isKnown: false);
        return isTaken ? null : Limits.Refusal(Minute / SlidingWindows.Segments);
    }

    public Problem? Search(Peer account) =>
        settings.AreLimitsOff || searches.TryTake(Of(account, settings.SearchesPerMinute), isKnown: true)
            ? null
            : Limits.Refusal(Minute / SlidingWindows.Segments);

    /// <summary>Counts an invitation by name, whether or not a user with that name exists.</summary>
    public Problem? Invitation(Peer account) =>
        settings.AreLimitsOff || invitations.TryTake(Of(account, settings.InvitationsPerHour), isKnown: true)
            ? null
            : Limits.Refusal(Hour / SlidingWindows.Segments);

    /// <summary>
    /// Counts an attempt to sign in or register. Retry-After is the length of the whole window: attempts are often made
    /// within seconds, so they also stop counting at the same time.
    /// </summary>
    /// <param name="policy"><see cref="Limits.SignIn"/> or <see cref="Limits.Register"/>.</param>
    public Problem? Attempt(HttpContext context, string policy, bool isKnown)
    {
        var (windows, permits, wait) = policy == Limits.SignIn
            ? (signIns, settings.SignInsPerMinute, Minute)
            : (registrations, settings.RegistrationsPerHour, Hour);
        return settings.AreLimitsOff || Take(windows, context, permits, 1, isKnown) ? null : Limits.Refusal(wait);
    }

    private static bool Take(SlidingWindows windows, HttpContext context, int permits, int count, bool isKnown)
    {
        var (address, network) = (Peer.Address(context), Peer.Network(context));
        return windows.TryTake(
            Of(address, permits), network == address ? null : Of(network, permits * NetworkFactor), count, isKnown);
    }

    private static SlidingWindows.Share Of(Peer peer, int permits) => new(peer, permits, permits * RestFactor);
}
