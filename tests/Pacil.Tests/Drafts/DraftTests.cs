using Pacil.Tests.Support;

namespace Pacil.Tests.Drafts;

public sealed class DraftTests
{
    [Theory, Databases]
    public async Task A_draft_is_kept_as_it_is_for_its_form_and_person(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        (await ana.Get("/api/drafts/item:7")).ShouldBeProblem(404, "not_found");
        (await ana.Put("/api/drafts/item:7", new { name = "Bo", nested = new { deep = 1 } })).Status.ShouldBe(200);
        (await ana.Put("/api/drafts/item:7", new { name = "Bol", version = "3" })).Text.ShouldBe("""{"version":2}""");
        (await ana.Put("/api/drafts/item:8", new FormUrlEncodedContent([KeyValuePair.Create("name", "Nüt")])))
            .Text.ShouldBe("""{"version":1}""");
        (await ana.Get("/api/drafts/item:8")).Text.ShouldBe("""{"name":"Nüt"}""");

        (await ana.Get("/api/drafts/item:7")).Text.ShouldBe("""{"name":"Bol","version":"3"}""");
        (await budi.Get("/api/drafts/item:7")).ShouldBeProblem(404, "not_found");
        (await budi.Delete("/api/drafts/item:7")).Status.ShouldBe(204);
        (await ana.Get("/api/drafts/item:7")).Status.ShouldBe(200);
        (await ana.Delete("/api/drafts/item:7")).Status.ShouldBe(204);
        (await ana.Get("/api/drafts/item:7")).ShouldBeProblem(404, "not_found");
        (await app.Entries(ana.Workspace)).ShouldBeEmpty("a draft is nobody else's business");
    }

    [Theory, Databases]
    public async Task Drafts_do_not_grow_without_end(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        (await ana.Put("/api/drafts/item:7", new { name = new string('x', 64 * 1024) }))
            .ShouldBeProblem(413, "too_large");
        (await ana.Put($"/api/drafts/{new string('f', 101)}", new { name = "x" })).ShouldBeProblem(404, "not_found");
        for (var n = 0; n < 205; n++) (await ana.Put($"/api/drafts/form:{n}", new { n })).Status.ShouldBe(200);
        var kept = await app.Database.Read(connection => connection.First<long>(
            "select count(*) from draft where account_id = @Id", new { ana.Id }),
            TestContext.Current.CancellationToken);
        kept.ShouldBeInRange(195, 205);
        (await ana.Get("/api/drafts/form:204")).Status.ShouldBe(200);
        (await ana.Get("/api/drafts/form:0")).Status.ShouldBe(404);
    }
}
