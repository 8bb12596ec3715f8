using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web;

public sealed class HttpsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_certificate_pacil_speaks_https_and_its_cookies_stay_there()
    {
        await using var app = await StartWithCertificate();
        using var http = new HttpClient(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        })
        { BaseAddress = app.Address };

        using var reply = await http.GetAsync("/login", TestContext.Current.CancellationToken);

        reply.IsSuccessStatusCode.ShouldBeTrue();
        reply.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.Contains("; secure"));
    }

    /// <summary>There a WebSocket is a CONNECT (RFC 8441).</summary>
    [Fact]
    public async Task Over_http_2_the_feed_comes_by_web_socket_and_by_events()
    {
        await using var app = await StartWithCertificate();
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null } };
        using var http = new HttpClient(handler) { BaseAddress = app.Address, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var reply = await http.GetAsync("/api/me", Cancellation);
        foreach (var path in new[] { "/api/register", "/api/login" }) await Post(path, new { username = "ana", password = TestApp.Password });
        using var socket = new ClientWebSocket { Options = { HttpVersion = HttpVersion.Version20, HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact } };
        socket.Options.SetRequestHeader("Origin", app.Address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new Uri($"wss://{app.Address.Authority}/api/feed"), http, Cancellation);
        (await Receive()).ShouldContain("\"hello\"");
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/api/feed") { Version = HttpVersion.Version20, Headers = { { "Accept", "text/event-stream" } } };
        using var events = await http.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var lines = new StreamReader(await events.Content.ReadAsStreamAsync(Cancellation));
        (await lines.ReadLineAsync(Cancellation)).ShouldBe("retry: 1000");

        await Post("/api/items", new { name = "Bolt" });

        (await Receive()).ShouldContain("item_created");
        while (await lines.ReadLineAsync(Cancellation) is { } line && !line.Contains("item_created")) line.ShouldNotContain("close");
        events.Version.ShouldBe(HttpVersion.Version20);

        // Frames are counted there, too.
        for (var n = 0; n < 400; n++) await socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Text, endOfMessage: false, Cancellation);
        while (socket.CloseStatus is null) await Receive();
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);

        async Task Post(string path, object body)
        {
            using var content = JsonContent.Create(body);
            content.Headers.Add("X-CSRFToken", handler.CookieContainer.GetCookies(app.Address)["csrftoken"]!.Value);
            (await http.PostAsync(path, content, Cancellation)).EnsureSuccessStatusCode().Dispose();
        }
        async Task<string> Receive()
        {
            var buffer = new byte[4096];
            return Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, Cancellation)).Count);
        }
    }

    [Fact]
    public async Task Behind_a_proxy_that_ends_https_plain_requests_are_led_there_and_cookies_are_secure()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite, settings => settings with { PublicUrl = "https://pacil.example" });
        var stranger = app.Stranger();

        var plain = await stranger.Get("/login", ("Host", "pacil.example"));
        plain.Status.ShouldBe(308);
        plain.Header("Location").ShouldBe("https://pacil.example/login");
        var secure = await stranger.Get("/login", ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "pacil.example"), ("Accept", "text/html"));
        secure.Status.ShouldBe(200);
        secure.Header("Strict-Transport-Security").ShouldBe("max-age=31536000");
        secure.Header("Set-Cookie")!.ShouldContain("; secure");
        (await stranger.Get("/login", ("Host", "evil.example"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Over_https_the_session_cookie_belongs_to_this_host_alone()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite, settings => settings with { PublicUrl = "https://pacil.example" });
        (string, string)[] https = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "pacil.example")];
        var ana = app.Stranger();
        var token = (await ana.Get("/api/me", https)).Header("Set-Cookie")!.Split('=', ';')[1];
        (string, string)[] signed = [.. https, ("Cookie", $"csrftoken={token}"), ("X-CSRFToken", token)];
        (await ana.Post("/api/register", new { username = "secure.ana", password = TestApp.Password }, signed)).Status.ShouldBe(201);

        var signedIn = await ana.Post("/api/login", new { username = "secure.ana", password = TestApp.Password }, signed);

        signedIn.Status.ShouldBe(200, signedIn.Text);
        var cookie = signedIn.Header("Set-Cookie")!.Split(", ").Single(part => part.StartsWith("__Host-pacil="));
        foreach (var attribute in new[] { "secure", "httponly", "samesite=lax", "path=/" }) cookie.ShouldContain(attribute);
        cookie.ShouldNotContain("domain");
    }

    private static async Task<TestApp> StartWithCertificate()
    {
        var folder = Directory.CreateTempSubdirectory("pacil-cert-").FullName;
        var (certificate, key) = MakeCertificate(folder);
        var app = await TestApp.Start(TestDatabase.Sqlite, settings => settings with
        {
            Urls = "https://127.0.0.1:0",
            Certificate = certificate,
            Key = key,
        });
        // It has been read.
        Directory.Delete(folder, recursive: true);
        return app;
    }

    private static (string Certificate, string Key) MakeCertificate(string folder)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (file, key) = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
        return (file, key);
    }
}
