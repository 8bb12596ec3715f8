using Pacil.Tests.Support;

namespace Pacil.Tests.Items.Stock;

/// <summary>
/// The server stores the sum of the amounts of a workspace's items as a 64-bit integer. Responses contain at most
/// 2^53 − 1, because JavaScript and many other JSON readers round larger integers.
/// </summary>
public sealed class TotalTests
{
    private const long Most = 9_007_199_254_740_991;

    [Theory, Databases]
    public async Task Whatever_would_make_it_more_is_refused_and_changes_nothing(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        // About a thousand items with the maximum amount would give this total.
        await Has(app, ana, long.MaxValue - Most + 10);
        var full = await ana.CreateItem("Sand", Most - 11);
        var other = await ana.CreateItem("Gravel", 1);
        (await ana.Delete($"/api/items/{full}")).Status.ShouldBe(200);
        var moved = await ana.Post($"/api/items/{other}/movements", new { delta = 1 });
        moved.Status.ShouldBe(201, moved.Text);
        var head = (await app.Entries(ana.Workspace)).Count;

        object more = new { name = "Salt", amount = Most - 1 };
        foreach (var refused in new[]
        {
            await ana.Post("/api/items", more),
            await ana.Post($"/api/items/{other}/movements", new { delta = Most - 2 }),
            await ana.Patch($"/api/items/{other}", new { amount = Most }, ("If-Match", "\"2\"")),
            await ana.Post($"/api/items/{full}/restore"),
            await ana.Post("/api/items/bulk", new { ids = new[] { full }, change = new { archived = false } }),
            await ana.Post($"/api/entries/{head - 1}/undo"),
            await ana.Post("/api/batch",
                new { atomic = true, requests = new[] { new { method = "POST", path = "/api/items", body = more } } }),
        })
            if (refused.Status != 200)
                refused.ShouldBeProblem(409, "too_many_pieces").Json.GetProperty("detail").GetString()!
                .ShouldContain("9,223,372,036,854,775,807");
        var parts = await ana.Post("/api/batch", new
        {
            requests = new object[]
            {
                new { method = "POST", path = "/api/items", body = more },
                new { method = "POST", path = "/api/items", body = new { name = "Fits", amount = 1 } },
            },
        });
        parts.Json.GetProperty("responses").EnumerateArray().Select(part => part.GetProperty("status").GetInt32())
            .ShouldBe([409, 201]);
        (await ana.Page("/")).Text.ShouldContain("pieces");
        (await ana.SubmitForm("/create-item", ("name", "Salt"), ("amount", $"{Most - 1}"))).Status.ShouldBe(409);

        (await app.Entries(ana.Workspace)).Count.ShouldBe(head + 1);
        (await Pieces(ana)).ShouldBe(Most);
    }

    [Theory, Databases]
    public async Task More_than_readers_of_json_keep_is_counted_and_told_as_the_most_they_keep(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var (sand, gravel) = (await ana.CreateItem("Sand", Most), await ana.CreateItem("Gravel", Most));
        (await Pieces(ana)).ShouldBe(Most);
        (await ana.Page("/")).Text.ShouldContain("2 items · 9,007,199,254,740,991 pieces");
        (await ana.Delete($"/api/items/{sand}")).Status.ShouldBe(200);
        (await Pieces(ana)).ShouldBe(Most);
        (await ana.Post($"/api/items/{gravel}/movements", new { delta = -1 })).Status.ShouldBe(201);
        (await Pieces(ana)).ShouldBe(Most - 1);
    }

    [Theory, Databases]
    public async Task So_many_archived_ones_that_their_sum_is_no_number_stay_archived(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await app.Fill(ana, 1025, n => $"Sand {n}");
        await app.Database.Write(new Pacil.Data.Actor(ana.Id, ana.Name), tx => tx.Execute(
            "update item set amount = @Most, archived_at = @Now where workspace_id = @Workspace",
            new { Most, tx.Now, ana.Workspace }), TestContext.Current.CancellationToken);
        (await ana.Post("/api/items/bulk", new { filter = new { archived = true }, change = new { archived = false } }))
            .ShouldBeProblem(409, "too_many_pieces");
        (await ana.Get("/api/items?archived=true")).Json.GetArrayLength().ShouldBeGreaterThan(0);
        (await ana.Get("/api/items")).Json.GetArrayLength().ShouldBe(0);
    }

    private static Task<int> Has(TestApp app, Person person, long pieces) => app.Database.Write(
        Pacil.Data.Actor.Program, tx => tx.Execute(
            "update feed set pieces = @Pieces where id = @Workspace", new { Pieces = pieces, person.Workspace }),
        TestContext.Current.CancellationToken);

    private static async Task<long> Pieces(Person person) =>
        (await person.Get("/api/entries?limit=1")).Json[0].GetProperty("counts").GetProperty("pieces").GetInt64();
}
