using Pacil.Identity.Accounts;
using Pacil.Web.Hosting;
using Pacil.Web.RateLimits;

namespace Pacil.Streaming;

/// <summary>
/// Limits the open streams of an account, of an address, of the address's subnet, and of the process.
/// </summary>
internal sealed class StreamLimiter(Settings settings)
{
    private readonly OpenCounts open =
        new(settings.StreamsPerAccount, settings.StreamsPerAddress, settings.AreLimitsOff
            ? int.MaxValue
            : settings.StreamsPerProcess);

    public bool AreOn => !settings.AreLimitsOff;

    /// <returns>An object to dispose when the stream ends; null if a limit is reached.</returns>
    public IDisposable? Take(HttpContext context) => AreOn
        ? open.Take(Peer.Account(CurrentUser.Of(context).Id), Peer.Address(context), Peer.Network(context))
        : open.Take(null, null, null);
}
