using System.Collections.Concurrent;
using Pacil.Accounts;
using Pacil.Web;

namespace Pacil.Feed;

/// <summary>How many streams an account, and an address, may hold open at once.</summary>
internal sealed class StreamCaps(Settings settings)
{
    private readonly ConcurrentDictionary<object, int> open = new();

    public bool AreOn => !settings.AreLimitsOff;

    /// <returns>Null where one more would be too many; else to be disposed when the stream ends.</returns>
    public IDisposable? Take(HttpContext context)
    {
        if (!AreOn) return new Taken(this, []);
        object[] who = [CurrentUser.Of(context).Id, Limits.Network(context)];
        var taken = new Taken(this, who);
        var isTooMany = false;
        foreach (var one in who)
            isTooMany |= open.AddOrUpdate(one, 1, (_, count) => count + 1)
                > (one is long ? settings.StreamsPerAccount : settings.StreamsPerAddress);
        if (!isTooMany) return taken;
        taken.Dispose();
        return null;
    }

    private sealed class Taken(StreamCaps caps, object[] who) : IDisposable
    {
        public void Dispose()
        {
            foreach (var one in who)
                if (caps.open.AddOrUpdate(one, 0, (_, count) => count - 1) <= 0)
                    caps.open.TryRemove(KeyValuePair.Create(one, 0));
        }
    }
}
