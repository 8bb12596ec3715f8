using Pacil.Data;
using Pacil.Items;
using Pacil.Tests.Support;

namespace Pacil.Tests.Items;

/// <summary>Text of the maximum length: in one item, in a full list, and in the log.</summary>
public sealed class LongTextTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Text_whose_characters_stand_for_many_is_refused_where_it_would_be_searched(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt");
        var (name, description) = (new string('\uFDFA', 255), new string('\uFDFA', 9_999));

        (await ana.Post("/api/items", new { name = "Nut", description }))
            .ShouldBeProblem(422, "invalid", "description");
        (await ana.Post("/api/items", new { name })).ShouldBeProblem(422, "invalid", "name");
        (await ana.Patch($"/api/items/{item}", new { description })).ShouldBeProblem(422, "invalid", "description");
        (await ana.Put($"/api/items/{item}", new { name, description }, ("If-Match", "*")))
            .ShouldBeProblem(422, "invalid", "name", "description");
        (await ana.SubmitForm("/create-item", ("name", "Nut"), ("description", description))).Status.ShouldBe(422);
        (await ana.SubmitForm($"/items/{item}", ("name", name), ("version", "1"))).Status.ShouldBe(422);

        (await ana.Post("/api/items", new { name = "Nut", description = new string('\uFDFA', 100) }))
            .Status.ShouldBe(201);
        (await ana.Post("/api/items", new { name = new string('가', 255), description = new string('é', 10_000) }))
            .Status.ShouldBe(201);
    }

    [Theory, Databases]
    public async Task A_page_of_long_texts_is_shorter_and_the_next_goes_on(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await app.Database.Write(new Actor(ana.Id, ana.Name), async tx =>
        {
            var text = new string('漢', 10_000);
            for (var n = 0; n < 100; n++)
                await CreateItem.Apply(
                    tx, ana.Workspace, new CreateItem.Request(new ItemDetails($"Thing {n}", text, "", null), 0));
            return 0;
        }, Cancellation);

        foreach (var sort in new[] { "created", "-name", "updated" })
            (await Pages(ana, $"/api/items?limit=200&sort={sort}")).ShouldBe(100, sort);
        (await Pages(ana, "/api/entries?limit=200")).ShouldBe(100);
        (await Pages(ana, "/api/items?limit=200&search=thing")).ShouldBe(100);
        // Ten long texts fit into one response, so the response contains all ten requested items.
        (await ana.Get("/api/items?limit=10")).Json.GetArrayLength().ShouldBe(10);
        (await ana.Page("/activity")).Status.ShouldBe(200);
        (await ana.Page("/")).Status.ShouldBe(200);
    }

    /// <returns>The number of rows on all pages together.</returns>
    private static async Task<int> Pages(Person person, string path)
    {
        var (ids, pages) = (new List<long>(), 0);
        for (var next = path; next is not null; pages++)
        {
            var page = await person.Get(next);
            page.Status.ShouldBe(200, page.Text);
            System.Text.Encoding.UTF8.GetByteCount(page.Text).ShouldBeLessThan(1024 * 1024);
            var id = path.Contains("entries") ? "seq" : "id";
            ids.AddRange(page.Json.EnumerateArray().Select(row => row.GetProperty(id).GetInt64()));
            next = page.Next!;
        }
        pages.ShouldBeGreaterThan(1);
        ids.ShouldBeUnique();
        return ids.Count;
    }
}
