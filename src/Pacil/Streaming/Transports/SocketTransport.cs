using Microsoft.AspNetCore.Http.Features;

namespace Pacil.Streaming.Transports;

/// <summary>
/// Puts <see cref="SocketFrames"/> between the framework's WebSocket and the server's connection. The connection is
/// opened by an upgrade (HTTP/1.1) or by the method CONNECT (HTTP/2, RFC 8441).
/// </summary>
internal sealed class SocketTransport(
    HttpContext context, IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect, TimeProvider time)
    : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    public bool IsUpgradableRequest => upgrade is { IsUpgradableRequest: true };

    public bool IsExtendedConnect => connect is { IsExtendedConnect: true };

    public string? Protocol => connect?.Protocol;

    /// <summary>
    /// Replaces the two features of the request. Must run before the WebSocket middleware, which uses the features.
    /// </summary>
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
