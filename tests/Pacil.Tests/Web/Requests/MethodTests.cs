using System.Net;
using System.Text;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web.Requests;

/// <summary>An unsupported method or body must get a problem that describes it, and never a server error.</summary>
public sealed class MethodTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly string[] Pages =
        ["/", "/login", "/register", "/create-item", "/activity", "/settings", "/admin", "/admin/entries", "/members",
            "/chat", "/notifications", "/workspaces"];

    [Fact]
    public async Task A_page_takes_what_it_has_forms_for()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite, settings => settings with { Limits = "off" });
        var ana = await app.SignIn("ana");
        foreach (var page in Pages)
            foreach (var method in new[] { "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE" })
            {
                using var reply = await Send(ana, method, page, null);
                reply.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed, $"{method} {page}");
                reply.Content.Headers.Allow.ShouldContain("GET");
                reply.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            }
        using var posted = await Send(ana, "POST", "/activity", Form("a=1"));
        posted.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        posted.Content.Headers.Allow.ShouldBe(["GET", "HEAD"]);
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite, settings => settings with { Limits = "off" });
        var ana = await app.SignIn("ana");
        foreach (var page in new[]
                 {
                     "/login", "/register", "/create-item", "/settings", "/workspaces", "/members", "/chat", "/admin",
                     "/invitations/abc", "/sign-in/abc"
                 })
        {
            (await Status(ana, page, new StringContent("{}", Encoding.UTF8, "text/plain"))).ShouldBe(415, page);
            // The route that accepts an invitation also accepts JSON. This invitation does not exist, so the response
            // is 404.
            (await Status(ana, page, new StringContent("{}", Encoding.UTF8, "application/json")))
                .ShouldBe(page == "/invitations/abc" ? 404 : 415, page);
            (await Status(ana, page, Cut())).ShouldBe(400, page);
            (await Status(ana, page, null)).ShouldBeLessThan(500, page);
        }
        foreach (var route in new[] { "/api/items", "/api/login", "/api/batch" })
            (await Status(ana, route, Cut())).ShouldBe(400, route);
        // The body fits into the buffers of the connection. The server closes the connection without reading the rest
        // of the body, so a larger body would make the client's send fail.
        (await Status(ana, "/create-item", new StreamContent(new MemoryStream(new byte[1_100_000]))
        {
            Headers = { { "Content-Type", "application/x-www-form-urlencoded" } },
        }, isChunked: true)).ShouldBe(413);
        (await Status(ana, "/api/items/1", new StringContent("{}", Encoding.UTF8, "application/json-patch+json"),
            "PATCH")).ShouldBe(415);
        var latin = new ByteArrayContent([.. "{\"name\":\"caf"u8, 0xe9, .. "\"}"u8]);
        latin.Headers.Add("Content-Type", "application/json");
        (await Status(ana, "/api/items", latin)).ShouldBe(400);
    }

    [Fact]
    public async Task Head_is_get_without_a_body()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var item = await ana.CreateItem();
        foreach (var path in new[]
                 {
                     "/healthz", "/readyz", "/api/items", $"/api/items/{item}", "/json", "/openapi/v1.json", "/",
                     "/css/app.css"
                 })
        {
            using var reply = await Send(ana, "HEAD", path, null);
            reply.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            (await reply.Content.ReadAsStringAsync(Cancellation)).ShouldBeEmpty(path);
        }
        foreach (var path in new[]
                 {
                     "/api/feed", "/api/feed/", $"/api/w/{ana.Workspace}/feed",
                     $"/API/w/{ana.Workspace}/Feed?after=start"
                 })
        {
            using var stream = await Send(ana, "HEAD", path, null);
            stream.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed, path);
            stream.Content.Headers.Allow.ShouldBe(["GET"], path);
        }
    }

    [Theory]
    [InlineData("POST", "/json")]
    [InlineData("POST", "/healthz")]
    [InlineData("PUT", "/api/items")]
    [InlineData("POST", "/api/me")]
    public async Task A_method_that_an_address_does_not_take_is_told_to_strangers_too(string method, string path)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        using var reply = await Send(app.Stranger(), method, path, null);
        reply.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        reply.Content.Headers.Allow.ShouldContain("GET");
    }

    [Fact]
    public async Task Who_knows_the_version_is_not_sent_it_again()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite, settings => settings with { Limits = "off" });
        var ana = await app.SignIn("ana");
        var item = await ana.CreateItem();
        var movement = (await ana.Post($"/api/items/{item}/movements", new { delta = 1 })).Header("Location")!;
        foreach (var path in new[]
                 {
                     movement, $"/api/items/{item}", $"/api/users/{ana.Id}", $"/api/w/{ana.Workspace}"
                 })
        {
            var etag = (await ana.Get(path)).Header("ETag")!;
            var again = await ana.Get(path, ("If-None-Match", etag));
            (again.Status, again.Text, again.Header("ETag")).ShouldBe((304, "", etag), path);
            (await ana.Get(path, ("If-None-Match", "\"0\""))).Status.ShouldBe(200);
        }
    }

    private static StringContent Form(string text) => new(text, Encoding.UTF8, "application/x-www-form-urlencoded");

    /// <summary>A multipart form that ends in the middle.</summary>
    private static StringContent Cut() => new("--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1")
    {
        Headers =
            { ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=X") },
    };

    private static async Task<int> Status(
        Person person, string path, HttpContent? body, string method = "POST", bool isChunked = false)
    {
        using var reply = await Send(person, method, path, body, isChunked);
        return (int)reply.StatusCode;
    }

    private static async Task<HttpResponseMessage> Send(
        Person person, string method, string path, HttpContent? body, bool isChunked = false)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = person.Site,
        };
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body };
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.TryAddWithoutValidation("Cookie", person.CookieHeader);
        request.Headers.TryAddWithoutValidation("X-CSRFToken", person.Cookie("csrftoken"));
        return await http.SendAsync(request, Cancellation);
    }
}
