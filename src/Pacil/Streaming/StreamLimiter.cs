using Pacil.Identity.Accounts;
using Pacil.Web.Hosting;
using Pacil.Web.RateLimits;

namespace Pacil.Streaming;

/// <summary>Limits the open streams of an account, an address, the network around it, and the process.</summary>
internal sealed class StreamLimiter(Settings settings)
{
    private readonly OpenCounts open =
        new(settings.StreamsPerAccount, settings.StreamsPerAddress, settings.AreLimitsOff
            ? int.MaxValue
            : settings.StreamsPerProcess);

    public bool AreOn => !settings.AreLimitsOff;

    /// <returns>Null at a limit; else to be disposed when the stream ends.</returns>
    public IDisposable? Take(HttpContext context) => AreOn
        ? open.Take(Peer.Account(CurrentUser.Of(context).Id), Peer.Address(context), Peer.Network(context))
        : open.Take(null, null, null);
}
