using Microsoft.AspNetCore.Http.Features;

namespace Pacil.Feed;

/// <summary>
/// Where a WebSocket takes its connection from, by an upgrade (HTTP/1.1) or by a CONNECT (HTTP/2, RFC 8441): the
/// server's, with <see cref="SocketFrames"/> in between.
/// </summary>
internal sealed class SocketTransport(
    HttpContext context, IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect, TimeProvider time)
    : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    public bool IsUpgradableRequest => upgrade is { IsUpgradableRequest: true };

    public bool IsExtendedConnect => connect is { IsExtendedConnect: true };

    public string? Protocol => connect?.Protocol;

    /// <summary>Stands in front of what the server offers, before the framework asks for it.</summary>
    public static void Put(HttpContext context, TimeProvider time)
    {
        var features = context.Features;
        var (upgrade, connect) = (features.Get<IHttpUpgradeFeature>(), features.Get<IHttpExtendedConnectFeature>());
        var transport = new SocketTransport(context, upgrade, connect, time);
        if (transport.IsUpgradableRequest) features.Set<IHttpUpgradeFeature>(transport);
        if (transport.IsExtendedConnect) features.Set<IHttpExtendedConnectFeature>(transport);
    }

    public async Task<Stream> UpgradeAsync() => Counted(await upgrade!.UpgradeAsync());

    public async ValueTask<Stream> AcceptAsync() => Counted(await connect!.AcceptAsync());

    private SocketFrames Counted(Stream connection)
    {
        var frames = new SocketFrames(connection, time);
        context.Features.Set(frames);
        return frames;
    }
}
