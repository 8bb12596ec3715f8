using Pacil.Accounts;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>
/// How many streams an account, an address, the network around it and the whole process may hold open at once.
/// </summary>
internal sealed class StreamLimiter(Settings settings)
{
    private readonly OpenCounts open =
        new(settings.StreamsPerAccount, settings.StreamsPerAddress, settings.AreLimitsOff
            ? int.MaxValue
            : settings.StreamsPerProcess);

    public bool AreOn => !settings.AreLimitsOff;

    /// <returns>Null where one more would be too many; else to be disposed when the stream ends.</returns>
    public IDisposable? Take(HttpContext context) => AreOn
        ? open.Take(Peer.Account(CurrentUser.Of(context).Id), Peer.Address(context), Peer.Network(context))
        : open.Take(null, null, null);
}
