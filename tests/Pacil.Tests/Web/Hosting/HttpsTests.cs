using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web.Hosting;

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

    /// <summary>Over HTTP/2, a client opens a WebSocket by a CONNECT request (RFC 8441).</summary>
    [Fact]
    public async Task Over_http_2_the_feed_comes_by_web_socket_and_by_events()
    {
        await using var app = await StartWithCertificate();
        using var handler = new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
        };
        using var http = new HttpClient(handler)
        {
            BaseAddress = app.Address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var reply = await http.GetAsync("/api/me", Cancellation);
        foreach (var path in new[] { "/api/register", "/api/login" })
            await Post(path, new { username = "ana", password = TestApp.Password });
        using var socket = new ClientWebSocket
        {
            Options =
            {
                HttpVersion = HttpVersion.Version20,
                HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            },
        };
        socket.Options.SetRequestHeader("Origin", app.Address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new Uri($"wss://{app.Address.Authority}/api/feed"), http, Cancellation);
        (await Receive()).ShouldContain("\"hello\"");
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/api/feed")
        {
            Version = HttpVersion.Version20,
            Headers = { { "Accept", "text/event-stream" } },
        };
        using var events = await http.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var lines = new StreamReader(await events.Content.ReadAsStreamAsync(Cancellation));
        (await lines.ReadLineAsync(Cancellation)).ShouldBe("retry: 1000");

        await Post("/api/items", new { name = "Bolt" });

        (await Receive()).ShouldContain("item_created");
        while (await lines.ReadLineAsync(Cancellation) is { } line && !line.Contains("item_created"))
            line.ShouldNotContain("close");
        events.Version.ShouldBe(HttpVersion.Version20);

        // The rate limit for WebSocket frames also applies over HTTP/2.
        for (var n = 0; n < 400; n++)
            await socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Text, endOfMessage: false, Cancellation);
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
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { PublicUrl = "https://pacil.example" });
        var stranger = app.Stranger();

        var plain = await stranger.Get("/login", ("Host", "pacil.example"));
        plain.Status.ShouldBe(308);
        plain.Header("Location").ShouldBe("https://pacil.example/login");
        var secure = await stranger.Get(
            "/login", ("X-Forwarded-Proto", "https"), ("Host", "pacil.example"), ("Accept", "text/html"));
        secure.Status.ShouldBe(200);
        secure.Header("Strict-Transport-Security").ShouldBe("max-age=31536000");
        secure.Header("Set-Cookie")!.ShouldContain("; secure");
        (await stranger.Get("/login", ("Host", "evil.example"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Over_https_the_session_cookie_belongs_to_this_host_alone()
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { PublicUrl = "https://pacil.example" });
        (string, string)[] https = [("X-Forwarded-Proto", "https"), ("Host", "pacil.example")];
        var ana = app.Stranger();
        var token = (await ana.Get("/api/me", https)).Header("Set-Cookie")!.Split('=', ';')[1];
        (string, string)[] signed = [.. https, ("Cookie", $"csrftoken={token}"), ("X-CSRFToken", token)];
        (await ana.Post("/api/register", new { username = "secure.ana", password = TestApp.Password }, signed))
            .Status.ShouldBe(201);

        var signedIn = await ana.Post(
            "/api/login", new { username = "secure.ana", password = TestApp.Password }, signed);

        signedIn.Status.ShouldBe(200, signedIn.Text);
        var cookie = signedIn.Header("Set-Cookie")!.Split(", ").Single(part => part.StartsWith("__Host-pacil="));
        foreach (var attribute in new[] { "secure", "httponly", "samesite=lax", "path=/" })
            cookie.ShouldContain(attribute);
        cookie.ShouldNotContain("domain");
    }

    [Theory]
    [InlineData("", "X-Forwarded-Host: evil.example", 200)]
    [InlineData("10.0.0.0/8", "X-Forwarded-Host: evil.example", 400)]
    [InlineData("", "X-Forwarded-Proto: https", 200, true)]
    [InlineData("none", "X-Forwarded-Proto: https", 200)]
    public async Task Of_proxies_only_what_was_set_is_believed(
        string proxies, string header, int status, bool isSecure = false)
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite, settings => settings with
        {
            TrustedProxies = proxies,
            Hosts = "127.0.0.1",
        });
        var (name, value) = (header.Split(": ")[0], header.Split(": ")[1]);
        var reply = await app.Stranger().Get("/login", (name, value), ("Accept", "text/html"));

        reply.Status.ShouldBe(status);
        (reply.Header("Set-Cookie")?.Contains("; secure") is true).ShouldBe(isSecure);
    }

    [Theory]
    [InlineData("", "203.0.113.7, 10.0.0.5", false)]
    [InlineData("10.0.0.0/8", "203.0.113.7, 10.0.0.5", true)]
    [InlineData("10.0.0.0/8;192.0.2.1", "203.0.113.7, 192.0.2.1, 10.0.0.5", true)]
    [InlineData("10.0.0.0/8", "203.0.113.7, 198.51.100.1, 10.0.0.5", false)]
    public async Task Behind_proxies_in_a_row_visitors_are_told_apart(string proxies, string way, bool areTold)
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { TrustedProxies = proxies, SignInsPerMinute = 1 });

        (await Try(way)).ShouldBe(401);
        (await Try(way)).ShouldBe(429);
        (await Try(way.Replace("203.0.113.7", "203.0.113.8"))).ShouldBe(areTold ? 401 : 429);

        async Task<int> Try(string from) => (await app.Stranger().Post(
            "/api/login", new { username = $"{Guid.NewGuid()}", password = "guess-guess-1" },
            ("X-Forwarded-For", from))).Status;
    }

    [Fact]
    public async Task Links_and_the_check_of_their_origin_go_by_the_public_address()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite, settings => settings with
        {
            PublicUrl = "https://pacil.example",
            Hosts = "127.0.0.1",
        });
        (string, string)[] https = [("X-Forwarded-Proto", "https")];
        var ana = app.Stranger();
        var token = (await ana.Get("/api/me", https)).Header("Set-Cookie")!.Split('=', ';')[1];
        (string, string)[] asked = [.. https, ("Cookie", $"csrftoken={token}"), ("X-CSRFToken", token)];
        await ana.Post("/api/register", new { username = "linked.ana", password = TestApp.Password }, asked);
        var signedIn = await ana.Post(
            "/api/login", new { username = "linked.ana", password = TestApp.Password }, asked);
        var cookies = signedIn.Header("Set-Cookie")!.Split(", ").Select(cookie => cookie.Split(';')[0])
            .Where(cookie => cookie.Contains('=')).ToList();
        var renewed = cookies.Single(cookie => cookie.StartsWith("csrftoken=")).Split('=')[1];
        (string, string)[] signed = [.. https, ("Cookie", string.Join("; ", cookies)), ("X-CSRFToken", renewed)];

        foreach (var (origin, status) in new[]
        {
            ("https://pacil.example", 201), ("https://127.0.0.1:" + app.Address.Port, 201),
            ("http://pacil.example", 403),
            ("http://127.0.0.1:" + app.Address.Port, 403), ("https://pacil.example:8443", 403),
            ("https://pacil.example.evil.example", 403),
        })
            (await ana.Post("/api/items", new { name = "Bolt" }, [.. signed, ("Origin", origin)]))
                .Status.ShouldBe(status, origin);

        using var form = new FormUrlEncodedContent(
            [KeyValuePair.Create("role", "viewer"), KeyValuePair.Create("csrftoken", renewed)]);
        var invited = await ana.Send(HttpMethod.Post, "/members", form, [.. signed, ("Accept", "text/html")]);
        invited.Status.ShouldBe(303, invited.Text);
        var said = invited.Header("Set-Cookie")!.Split(", ").Select(cookie => cookie.Split(';')[0])
            .Where(cookie => cookie.Contains('='));
        var shown = await ana.Get(
            "/members", [.. https, ("Cookie", string.Join("; ", [.. cookies, .. said])), ("Accept", "text/html")]);
        shown.Text.ShouldContain("https://pacil.example/invitations/");
    }

    [Fact]
    public async Task Whoever_watches_the_process_is_answered_by_any_name_and_without_https()
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { PublicUrl = "https://pacil.example" });
        foreach (var path in new[] { "/healthz", "/readyz", "/healthz/" })
            foreach (var host in new[] { "10.42.8.201:8000", "127.0.0.1", "evil.example" })
                (await app.Stranger().Get(path, ("Host", host))).Status.ShouldBe(200, $"{path} at {host}");
        foreach (var path in new[] { "/healthzz", "/api/healthz", "/login" })
            (await app.Stranger().Get(path, ("Host", "10.42.8.201:8000"))).ShouldBeProblem(400, "unknown_host");
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
        // The server has already read the certificate files, so they can be deleted.
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
