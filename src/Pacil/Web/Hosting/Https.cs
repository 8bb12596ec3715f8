using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Primitives;
using Pacil.Data;

namespace Pacil.Web.Hosting;

/// <summary>
/// Configures the addresses to listen at, the limits of connections, trusted proxies, accepted host names, and the
/// redirect to HTTPS.
/// </summary>
internal static class Https
{
    private const string UnixSocket = "http://unix:";

    /// <summary>
    /// The value of <see cref="Settings.TrustedProxies"/> that trusts no proxy, not even one on this machine.
    /// </summary>
    public const string NoProxy = "none";

    /// <summary>
    /// The maximum number of bytes that Kestrel buffers per connection before the application reads them. The longest
    /// allowed request head fits into the buffer.
    /// </summary>
    private const int UnreadBytesMax = 64 * 1024;

    /// <summary>
    /// The maximum number of buffered bytes per HTTP/2 stream; not less than the protocol's initial window.
    /// </summary>
    private const int StreamBytesMax = 64 * 1024;

    public static void AddHttps(this WebApplicationBuilder builder, Settings settings)
    {
        builder.WebHost.UseUrls(settings.Urls);
        // With IOQueueCount 0, each send waits in the thread pool behind work that was queued earlier, so few sends run
        // concurrently. With the transport's own queues, ten thousand concurrent sends would all hold a block of memory
        // at the same time.
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
        builder.Services.Configure<ForwardedHeadersOptions>(
            options => Believe(options, Settings.Split(settings.TrustedProxies)));
        builder.Services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        builder.Services.AddHttpsRedirection(options =>
        {
            options.RedirectStatusCode = StatusCodes.Status308PermanentRedirect;
            if (settings.PublicUrl is not null) options.HttpsPort = new Uri(settings.PublicUrl).Port;
        });
    }

    /// <summary>
    /// Trusts proxies on this machine and the proxies in the settings, over any number of hops, to report the client's
    /// address and scheme. X-Forwarded-Host is trusted only if the settings list proxies: through a proxy that is not
    /// listed, a client could send any host.
    /// </summary>
    private static void Believe(ForwardedHeadersOptions options, string[] proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = null;
        if (proxies is [NoProxy])
        {
            options.ForwardedHeaders = ForwardedHeaders.None;
            return;
        }
        if (proxies.Length > 0) options.ForwardedHeaders |= ForwardedHeaders.XForwardedHost;
        foreach (var proxy in proxies)
            options.KnownIPNetworks.Add(proxy.Contains('/')
                ? System.Net.IPNetwork.Parse(proxy)
                : new(IPAddress.Parse(proxy), proxy.Contains(':') ? 128 : 32));
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
        // Health checks use the machine's address and not the public host name, so the host check must not apply to
        // them.
        app.UseWhen(context => !Health.IsAsked(context.Request.Path), people =>
        {
            people.UseHosts(settings);
            if (!settings.IsHttps) return;
            people.UseHsts();
            people.UseHttpsRedirection();
        });
    }

    /// <summary>
    /// The site's origin, for example <c>https://shelf.example</c>: from the public URL, otherwise from the request.
    /// </summary>
    public static string Site(HttpRequest request) =>
        request.HttpContext.RequestServices.GetRequiredService<Settings>().PublicUrl is { } url
            ? new Uri(url).GetLeftPart(UriPartial.Authority)
            : Asked(request);

    /// <summary>The origin in the request: its scheme and its Host header.</summary>
    public static string Asked(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static void UseHosts(this IApplicationBuilder app, Settings settings)
    {
        StringSegment[] hosts = Settings.Split(settings.Hosts) switch
        {
            { Length: > 0 } named => [.. named],
            _ when settings.PublicUrl is { } url => [new Uri(url).Host, "localhost", "127.0.0.1", "[::1]"],
            _ => [],
        };
        if (hosts.Length == 0) return;
        app.Use((context, next) => HostString.MatchesAny(context.Request.Host.Host, hosts)
            ? next(context)
            : new Problem(StatusCodes.Status400BadRequest, "unknown_host").ExecuteAsync(context));
    }
}
