using Pacil.Tests.Support;

namespace Pacil.Tests.Web.Hosting;

/// <summary>Tests which requests a page of another site may send (CORS).</summary>
public sealed class ForeignPageTests
{
    private const string Page = "https://tools.example";

    private static (string, string) From => ("Origin", Page);

    [Fact]
    public async Task As_shipped_no_page_of_another_site_may()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var token = await ana.CreateToken();
        ShouldAllow(await app.Stranger().Get("/api/items", From, Bearer(token)), null);
        ShouldAllow(await Preflight(app.Stranger(), "/api/items", "authorization"), null);
    }

    [Theory]
    [InlineData($"{Page};https://lab.example", Page)]
    [InlineData("*", "*")]
    [InlineData("https://lab.example", null)]
    [InlineData("https://tools.example:8443", null)]
    [InlineData("http://tools.example", null)]
    public async Task With_a_token_pages_of_the_sites_that_are_named_may_and_with_a_cookie_nobodys(
        string origins, string? allowed)
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { CorsOrigins = origins });
        var ana = await app.SignIn();
        var token = Bearer(await ana.CreateToken());
        var page = app.Stranger();

        foreach (var path in new[]
                 {
                     "/api/items", "/api/items/999999", "/api/nowhere", $"/api/w/{ana.Workspace}/feed?wait=0"
                 })
        {
            ShouldAllow(await Preflight(page, path, "authorization, content-type, if-match"), allowed);
            ShouldAllow(await Preflight(page, path, "content-type"), null);
            ShouldAllow(await page.Get(path, From, token), allowed);
            ShouldAllow(await ana.Get(path, From), null);
        }
        var made = await page.Post("/api/items", new { name = "Bolt" }, From, token);
        made.Status.ShouldBe(201, made.Text);
        ShouldAllow(made, allowed);
        if (allowed is not null) made.Header("Access-Control-Expose-Headers")!.ShouldContain("ETag");
        made.Header("Access-Control-Allow-Credentials").ShouldBeNull();
        ShouldAllow(await page.Get("/api/items", From, ("Authorization", "Bearer pacil_wrong")), allowed);
        ShouldAllow(await page.Get("/login", From, token), null);
    }

    private static (string, string) Bearer(System.Text.Json.JsonElement token) =>
        ("Authorization", $"Bearer {token.GetProperty("token").GetString()}");

    private static Task<Reply> Preflight(Person page, string path, string headers) => page.Send(
        HttpMethod.Options, path, null,
        From, ("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", headers));

    private static void ShouldAllow(Reply reply, string? origin) =>
        reply.Header("Access-Control-Allow-Origin").ShouldBe(origin, reply.Text);
}
