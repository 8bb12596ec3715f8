using Microsoft.AspNetCore.Http.Features;

namespace Pacil.Streaming.Transports;

/// <summary>
/// Puts <see cref="SocketFrames"/> between a WebSocket and the server's connection, which comes from an upgrade
/// (HTTP/1.1) or a CONNECT (HTTP/2, RFC 8441).
/// </summary>
internal sealed class SocketTransport(
    HttpContext context, IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect, TimeProvider time)
    : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    public bool IsUpgradableRequest => upgrade is { IsUpgradableRequest: true };

    public bool IsExtendedConnect => connect is { IsExtendedConnect: true };

    public string? Protocol => connect?.Protocol;

    /// <summary>Replaces the server's features, before the framework asks for them.</summary>
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
