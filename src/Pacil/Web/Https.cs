using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Pacil.Data;

namespace Pacil.Web;

/// <summary>
/// Where Pacil listens, what a connection may hold, what is believed of proxies, and that it stays on HTTPS once it is
/// there.
/// </summary>
internal static class Https
{
    private const string UnixSocket = "http://unix:";

    /// <summary>Of a connection, read from it before anybody asks for it: room for the longest head.</summary>
    private const int UnreadBytesMax = 64 * 1024;

    /// <summary>The same of one stream of a connection in HTTP/2; not less than the protocol begins with.</summary>
    private const int StreamBytesMax = 64 * 1024;

    public static void AddHttps(this WebApplicationBuilder builder, Settings settings)
    {
        builder.WebHost.UseUrls(settings.Urls);
        // Each send waits its turn in the pool, so that who makes ten thousand of them comes after those made before:
        // with a queue of the sockets' own, all of them hold a block of memory at once.
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.IOQueueCount = 0;
            sockets.MaxReadBufferSize = UnreadBytesMax;
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Limit(kestrel.Limits, settings);
            if (settings.Certificate is not null)
                kestrel.ConfigureHttpsDefaults(https =>
                    https.ServerCertificate = X509Certificate2.CreateFromPemFile(settings.Certificate, settings.Key));
        });
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            foreach (var proxy in Split(settings.TrustedProxies))
                options.KnownIPNetworks.Add(proxy.Contains('/')
                    ? System.Net.IPNetwork.Parse(proxy)
                    : new(IPAddress.Parse(proxy), proxy.Contains(':') ? 128 : 32));
        });
        builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = Hosts(settings));
        builder.Services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        builder.Services.AddHttpsRedirection(options =>
        {
            options.RedirectStatusCode = StatusCodes.Status308PermanentRedirect;
            if (settings.PublicUrl is not null) options.HttpsPort = new Uri(settings.PublicUrl).Port;
        });
    }

    private static void Limit(KestrelServerLimits limits, Settings settings)
    {
        limits.MaxRequestBodySize = settings.BodyBytesMax;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(settings.RequestSeconds);
        limits.MaxRequestBufferSize = UnreadBytesMax;
        limits.Http2.InitialConnectionWindowSize = 2 * StreamBytesMax;
        limits.Http2.InitialStreamWindowSize = StreamBytesMax;
        if (settings.AreLimitsOff) return;
        limits.MaxConcurrentConnections = settings.ConnectionsMax;
        limits.MaxConcurrentUpgradedConnections = settings.ConnectionsMax;
    }

    public static void UseHttps(this WebApplication app, Settings settings)
    {
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            foreach (var socket in app.Urls.Where(url => url.StartsWith(UnixSocket, StringComparison.Ordinal)))
                PrivateFiles.OpenSocket(socket[UnixSocket.Length..]);
        });
        app.UseForwardedHeaders();
        app.UseHostFiltering();
        if (!settings.IsHttps) return;
        app.UseHsts();
        app.UseHttpsRedirection();
    }

    private static string[] Hosts(Settings settings) => Split(settings.Hosts) switch
    {
        { Length: > 0 } named => named,
        _ when settings.PublicUrl is not null => [new Uri(settings.PublicUrl).Host, "localhost", "127.0.0.1", "[::1]"],
        _ => ["*"],
    };

    private static string[] Split(string list) =>
        list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
