using Pacil.Data;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web;

public sealed class IdempotencyTests
{
    [Theory, Databases]
    public async Task A_repeated_request_gets_the_same_answer_and_happens_once(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var first = await ana.Post("/api/items", new { name = "Bolt", amount = 3 }, ("Idempotency-Key", "one"));

        var second = await ana.Post("/api/items/", new { name = "Bolt", amount = 3 }, ("Idempotency-Key", "one"));

        second.Status.ShouldBe(201);
        second.Text.ShouldBe(first.Text);
        (second.Header("Location"), second.Header("ETag")).ShouldBe((first.Header("Location"), first.Header("ETag")));
        second.Header("Idempotency-Replayed").ShouldBe("true");
        first.Header("Idempotency-Replayed").ShouldBeNull();
        (await ana.Names("/api/items")).ShouldBe(["Bolt"]);
        (await app.Entries(ana.Workspace)).ShouldHaveSingleItem().Key.ShouldBe("one");
    }

    [Theory, Databases]
    public async Task Twenty_at_once_with_one_key_are_one(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 50);

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            ana.Post($"/api/items/{item}/movements", new { delta = -1 }, ("Idempotency-Key", "take"))));

        replies.ShouldAllBe(reply => reply.Status == 201);
        replies.Select(reply => reply.Text).Distinct().ShouldHaveSingleItem();
        replies.Count(reply => reply.Header("Idempotency-Replayed") is null).ShouldBe(1);
        (await ana.Item(item)).GetProperty("amount").GetInt64().ShouldBe(49);
    }

    [Theory, Databases]
    public async Task A_key_is_looked_up_before_the_version_so_that_a_lost_answer_can_be_had_again(
        TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem();
        (string, string)[] headers = [("If-Match", "\"1\""), ("Idempotency-Key", "rename")];
        await ana.Put($"/api/items/{item}", new { name = "Nut" }, headers);

        var again = await ana.Put($"/api/items/{item}", new { name = "Nut" }, headers);

        again.Status.ShouldBe(200);
        again.Header("ETag").ShouldBe("\"2\"");
        again.Header("Idempotency-Replayed").ShouldBe("true");
    }

    [Theory, Databases]
    public async Task What_was_refused_is_not_kept_and_may_be_tried_again(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 1);
        Task<Reply> Take() => ana.Post($"/api/items/{item}/movements", new { delta = -2 }, ("Idempotency-Key", "two"));
        (await Take()).ShouldBeProblem(409, "insufficient_stock");
        await ana.Post($"/api/items/{item}/movements", new { delta = 5 });

        (await Take()).Status.ShouldBe(201);
        (await ana.Item(item)).GetProperty("amount").GetInt64().ShouldBe(4);
    }

    [Theory, Databases]
    public async Task A_key_belongs_to_its_account_and_to_its_request(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Post("/api/items", new { name = "Bolt" }, ("Idempotency-Key", "shared"));

        (await budi.Post("/api/items", new { name = "Nut" }, ("Idempotency-Key", "shared"))).Status.ShouldBe(201);
        (await ana.Post("/api/items", new { name = "Nut" }, ("Idempotency-Key", "shared")))
            .ShouldBeProblem(422, "idempotency_key_reused");
        (await ana.Post($"/api/w/{ana.Workspace}/items", new { name = "Bolt" }, ("Idempotency-Key", "shared")))
            .ShouldBeProblem(422, "idempotency_key_reused");
    }

    [Theory, Databases]
    public async Task A_key_stays_used_after_its_answer_is_swept(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await ana.Post("/api/items", new { name = "Bolt" }, ("Idempotency-Key", "old"));
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "update idempotency set at = @Long", new { Long = tx.Now.AddDays(-31) }),
            TestContext.Current.CancellationToken);

        await app.Sweep();

        (await ana.Post("/api/items", new { name = "Bolt" }, ("Idempotency-Key", "old")))
            .ShouldBeProblem(409, "already_applied");
        (await ana.Names("/api/items")).ShouldBe(["Bolt"]);
    }

    [Theory, Databases]
    public async Task A_form_sent_twice_happens_once(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();

        for (var n = 0; n < 2; n++)
            (await ana.SubmitForm("/create-item", ("name", "Bolt"), ("idempotency_key", "form-1")))
                .Header("Location").ShouldBe("/");

        (await ana.Names("/api/items")).ShouldBe(["Bolt"]);
    }
}
