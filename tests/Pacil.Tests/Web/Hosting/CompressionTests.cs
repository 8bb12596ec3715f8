using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Tests.Support;
using Pacil.Web.Hosting;

namespace Pacil.Tests.Web.Hosting;

/// <summary>Tests which responses are compressed, and that compression does not change their content.</summary>
public sealed class CompressionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, InlineData("br"), InlineData("gzip"), InlineData("gzip, deflate, br, zstd")]
    public async Task Pages_and_answers_are_the_same_compressed(string accepted)
    {
        var ana = await SomeoneWithItems();
        foreach (var path in new[] { "/api/items", "/xml", "/openapi/v1.json", "/json" })
        {
            var plain = await Get(ana, path);
            var sent = await Get(ana, path, ("Accept-Encoding", accepted));
            sent.Encoding.ShouldBe(accepted.Contains("br", StringComparison.Ordinal) ? "br" : "gzip", path);
            sent.Text.ShouldBe(plain.Text, path);
            sent.Bytes.ShouldBeLessThan(plain.Bytes / 2, path);
            plain.Encoding.ShouldBeNull();
        }
        var page = await Get(
            ana, "/", ("Accept-Encoding", accepted), ("Accept", "text/html"), ("Sec-Fetch-Site", "none"));
        (page.Encoding, page.Text.Contains("</html>", StringComparison.Ordinal))
            .ShouldBe((accepted == "gzip" ? "gzip" : "br", true));
        page.Bytes.ShouldBeLessThan(12 * 1024);
    }

    [Fact]
    public async Task A_tag_is_strong_and_the_same_and_caches_know_what_differs()
    {
        var ana = await SomeoneWithItems();
        var item = await ana.Post("/api/items", new { name = "Nut", description = new string('n', 2000) });
        var (path, tag) = (item.Header("Location")!, item.Header("ETag")!);

        var sent = await Get(ana, path, ("Accept-Encoding", "br"));
        (sent.Encoding, sent.Header("ETag"), sent.Header("Vary")).ShouldBe(("br", tag, "Accept-Encoding"));
        (await Get(ana, path)).Header("Vary").ShouldBe("Accept-Encoding");
        var known = await Get(ana, path, ("Accept-Encoding", "br"), ("If-None-Match", tag));
        (known.Status, known.Header("ETag"), known.Header("Vary")).ShouldBe((304, tag, "Accept-Encoding"));
        (await Get(ana, "/", ("Accept", "text/html"))).Header("Vary").ShouldBe("Accept-Encoding");
    }

    [Fact]
    public async Task What_gives_access_is_short_or_was_asked_for_by_another_site_is_sent_as_it_is()
    {
        var ana = await SomeoneWithItems();
        (string, string) accepts = ("Accept-Encoding", "br, gzip");
        foreach (var (path, body) in new (string, object)[]
        {
            ("/api/tokens", new { name = new string('n', 80) }),
            ($"/api/w/{ana.Workspace}/invitations", new { role = "viewer" }),
            ("/api/items", new { name = "" }),
        })
        {
            var made = await ana.Post(path, body, accepts);
            (made.Header("Content-Encoding"), made.Header("Cache-Control")).ShouldBe((null, "no-store"), path);
        }
        foreach (var path in new[] { "/api/feed?after=start&wait=0", "/api/me/data", "/api/me" })
            (await Get(ana, path, accepts)).Encoding.ShouldBeNull(path);
        foreach (var site in new[] { "cross-site", "same-site" })
            (await Get(ana, "/api/items", accepts, ("Sec-Fetch-Site", site))).Encoding.ShouldBeNull(site);
        (await Get(ana, "/api/items", accepts, ("Sec-Fetch-Site", "same-origin"))).Encoding.ShouldBe("br");

        // A page that shows a new secret is not compressed. The same page without a secret is compressed.
        var token = await ana.SubmitForm("/settings/tokens", ("name", "Printer"), ("scope", "read"));
        token.Text.ShouldContain("token-secret");
        var shown = await ana.Send(HttpMethod.Post, "/settings/tokens",
            Form(ana, ("name", "Printer"), ("scope", "read")), accepts, ("Accept", "text/html"));
        (shown.Status, shown.Header("Content-Encoding")).ShouldBe((200, null));
        shown.Text.ShouldContain("token-secret");
        (await Get(ana, "/settings/tokens", accepts, ("Accept", "text/html"))).Encoding.ShouldBe("br");
        (await ana.SubmitForm("/members", ("role", "viewer"))).Status.ShouldBe(303);
        var linked = await Get(ana, "/members", accepts, ("Accept", "text/html"));
        (linked.Text.Contains("/invitations/", StringComparison.Ordinal), linked.Encoding).ShouldBe((true, null));
    }

    [Fact]
    public async Task Behind_a_proxy_that_speaks_https_it_is_compressed()
    {
        var ana = await SomeoneWithItems();
        var sent = await Get(ana, "/texts/none.js", ("Accept-Encoding", "br"));
        sent.Status.ShouldBe(404);
        (await Get(ana, "/healthz", ("Accept-Encoding", "br"), ("X-Forwarded-Proto", "https"))).Encoding.ShouldBeNull();
        (await Get(ana, "/openapi/v1.json", ("Accept-Encoding", "br"), ("X-Forwarded-Proto", "https")))
            .Encoding.ShouldBe("br");
    }

    [Fact]
    public async Task Beyond_so_many_at_once_they_are_sent_plain()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await SomeoneWithItems(app);
        var compression = app.Services.GetRequiredService<IResponseCompressionProvider>();
        var open = new List<DefaultHttpContext>();
        for (var n = 0; n < Compression.AtOnceMax; n++)
        {
            open.Add(new DefaultHttpContext { Request = { Headers = { AcceptEncoding = "br" } } });
            open[^1].Features.Set<IHttpResponseFeature>(new Ending());
            compression.GetCompressionProvider(open[^1]).ShouldNotBeNull();
        }

        var plain = await Get(ana, "/api/items", ("Accept-Encoding", "br"));
        (plain.Status, plain.Encoding).ShouldBe((200, null));
        await ((Ending)open[0].Features.GetRequiredFeature<IHttpResponseFeature>()).End();
        (await Get(ana, "/api/items", ("Accept-Encoding", "br"))).Encoding.ShouldBe("br");
        (await Get(ana, "/api/items", ("Accept-Encoding", "br"))).Encoding.ShouldBe("br");
    }

    private static FormUrlEncodedContent Form(Person person, params (string Name, string Value)[] fields) => new(
        fields.Append(("csrftoken", person.Cookie("csrftoken")!))
            .Select(field => KeyValuePair.Create(field.Item1, field.Item2)));

    private static async Task<Person> SomeoneWithItems(TestApp? of = null)
    {
        var app = of ?? await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await app.Fill(ana, 50, n => $"Item number {n}");
        return ana;
    }

    private static async Task<Sent> Get(Person person, string path, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(
            new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(person.Site, path));
        request.Headers.Add("Cookie", person.CookieHeader);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request, Cancellation);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancellation);
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
        return new((int)response.StatusCode, bytes.Length, Read(bytes, all.GetValueOrDefault("Content-Encoding")), all);
    }

    private static string Read(byte[] bytes, string? encoding)
    {
        using var sent = new MemoryStream(bytes);
        using Stream plain = encoding switch
        {
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            "gzip" => new GZipStream(sent, CompressionMode.Decompress),
            _ => sent,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>A response that completes when the test calls End.</summary>
    private sealed class Ending : HttpResponseFeature
    {
        private readonly List<(Func<object, Task> Do, object State)> last = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => last.Add((callback, state));

        public async Task End()
        {
            foreach (var (what, state) in last) await what(state);
        }
    }

    private sealed record Sent(int Status, int Bytes, string Text, Dictionary<string, string> Headers)
    {
        public string? Encoding => Header("Content-Encoding");
        public string? Header(string name) => Headers.GetValueOrDefault(name);
    }
}
