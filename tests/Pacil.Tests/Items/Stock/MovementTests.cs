using FsCheck.Fluent;
using Pacil.Tests.Support;

namespace Pacil.Tests.Items.Stock;

public sealed class MovementTests
{
    [Theory, Databases]
    public async Task Of_64_takers_40_get_one_and_24_hear_that_it_is_gone(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Servo", amount: 40);

        var replies = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ =>
            ana.Post($"/api/items/{item}/movements", new { delta = -1 })));

        replies.Count(reply => reply.Status == 201).ShouldBe(40);
        foreach (var refused in replies.Where(reply => reply.Status != 201))
            refused.ShouldBeProblem(409, "insufficient_stock").Json.GetProperty("available").GetInt64().ShouldBe(0);
        (await ana.Item(item)).GetProperty("amount").GetInt64().ShouldBe(0);
        var movements = (await ana.Get($"/api/items/{item}/movements?limit=200")).Json.EnumerateArray().ToList();
        movements.Count.ShouldBe(41);
        movements.Sum(movement => movement.GetProperty("delta").GetInt64()).ShouldBe(0);
        (await app.Entries(ana.Workspace)).Select(entry => entry.Seq)
            .ShouldBe(Enumerable.Range(1, 41).Select(n => (long)n));
    }

    [Theory, Databases]
    public async Task A_movement_is_answered_with_the_amount_it_leads_to_and_can_be_read_again(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Servo", 40);

        var moved = await ana.Post($"/api/items/{item}/movements", new { delta = -3, note = "for the rover" });

        moved.Status.ShouldBe(201, moved.Text);
        moved.Header("ETag").ShouldBe("\"2\"");
        var movement = moved.Json;
        movement.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["id", "item", "place", "delta", "reason", "note", "amount", "version", "at", "by"]);
        movement.GetProperty("amount").GetInt64().ShouldBe(37);
        movement.GetProperty("reason").GetString().ShouldBe("taken");
        (await ana.Get(moved.Header("Location")!)).Text.ShouldBe(moved.Text);
        (await ana.Item(item)).GetProperty("version").GetInt64().ShouldBe(2);
        (await ana.Post($"/api/items/{item}/movements", new { delta = 1 })).Json.GetProperty("reason").GetString()
            .ShouldBe("received");
        (await ana.Post($"/api/items/{item}/movements", new { delta = -1, reason = "lost" })).Status.ShouldBe(201);
        (await ana.Post($"/api/items/{item}/movements", new { delta = 0, reason = "counted" })).Status.ShouldBe(201);
        var place = movement.GetProperty("place").GetInt64();
        (await ana.Post($"/api/items/{item}/movements", new { delta = 1, place })).Status.ShouldBe(201);
    }

    [Theory, Databases]
    public async Task What_cannot_move_is_refused_in_words_and_moves_nothing(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var item = await ana.CreateItem("Servo", 3);
        var movements = $"/api/items/{item}/movements";
        var elsewhere = (await budi.Post($"/api/items/{await budi.CreateItem("Nut", 1)}/movements", new { delta = 1 }))
            .Json.GetProperty("place").GetInt64();

        var refused = (await ana.Post(movements, new { delta = -5 })).ShouldBeProblem(409, "insufficient_stock");
        refused.Json.GetProperty("available").GetInt64().ShouldBe(3);
        refused.Json.GetProperty("detail").GetString().ShouldBe("Only 3 in stock.");
        (await ana.Post(movements, new { delta = 0 })).ShouldBeProblem(422, "invalid", "delta");
        (await ana.Post(movements, new { delta = 9007199254740991 })).ShouldBeProblem(422, "invalid", "delta");
        (await ana.Post(movements, new { delta = 1, reason = "stolen" })).ShouldBeProblem(422, "invalid", "reason");
        (await ana.Post(movements, new { delta = 1, place = 999_999 })).ShouldBeProblem(422, "invalid", "place");
        (await ana.Post(movements, new { delta = 1, place = elsewhere })).ShouldBeProblem(422, "invalid", "place");
        (await ana.Post("/api/items/999999/movements", new { delta = 1 })).ShouldBeProblem(404, "not_found");

        (await ana.Item(item)).GetProperty("version").GetInt64().ShouldBe(1);
        (await ana.Get(movements)).Json.GetArrayLength().ShouldBe(1);
        (await app.Entries(ana.Workspace)).Count.ShouldBe(1);
    }

    /// <summary>
    /// After any sequence of requests, an item's amount equals the sum of its movements. It also equals the sum of its
    /// rows in the table balance.
    /// </summary>
    [Theory, Databases]
    public async Task The_sum_of_the_movements_is_the_amount_always(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var acts = Gen.Choose(0, 9).Zip(Gen.Choose(-12, 12)).ListOf(25).Sample(6);

        foreach (var sequence in acts)
        {
            var item = await ana.CreateItem("Bolt", 5);
            foreach (var (act, number) in sequence) await Act(ana, item, act, number);
            var amount = (await ana.Item(item)).GetProperty("amount").GetInt64();
            amount.ShouldBeGreaterThanOrEqualTo(0);
            (await Sum(app, item, "movement", "delta")).ShouldBe(amount);
            (await Sum(app, item, "balance", "amount")).ShouldBe(amount);
        }
    }

    private static Task<Reply> Act(Person ana, long item, int act, int number) => act switch
    {
        0 => ana.Patch($"/api/items/{item}", new { amount = Math.Abs(number) }, ("If-Match", "*")),
        1 => ana.Delete($"/api/items/{item}"),
        2 => ana.Post($"/api/items/{item}/restore"),
        3 => ana.Patch($"/api/items/{item}", new { amount = number }, ("If-Match", "*")),
        _ => ana.Post($"/api/items/{item}/movements", new { delta = number }),
    };

    private static Task<long> Sum(TestApp app, long item, string table, string column) => app.Database.Read(
        connection => connection.First<long>(
            $"select cast(coalesce(sum({column}), 0) as bigint) from {table} where item_id = @Item",
            new { Item = item }),
        TestContext.Current.CancellationToken);
}
