using System.Diagnostics;
using System.Text.Json.Nodes;
using Pacil.Tests.Support;

namespace Pacil.Tests.Items.Bulk;

/// <summary>The validation of bulk requests, and the time of a bulk request that changes ten thousand items.</summary>
public sealed class BulkScaleTests
{
    private const int Many = 10_000;

    /// <summary>
    /// On an idle machine, the bulk request takes well below a second. Here, other tests run at the same time.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Theory, Databases]
    public async Task Ten_thousand_are_changed_in_one_request_and_taken_back_in_one(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await app.Fill(ana, Many, n => $"Item {n}");

        foreach (var change in new[] { """{"delta": 3}""", """{"threshold": 7}""", """{"archived": true}""" })
        {
            var done = await Timed(
                change, () => ana.Post("/api/items/bulk", Body($$$"""{"filter": {}, "change": {{{change}}}}""")));
            (done.Status, done.Text).ShouldBe((200, $$"""{"count":{{Many}},"changed":{{Many}}}"""));
            var entries = await app.Entries(ana.Workspace);
            var group = long.Parse(done.Header("Feed-Seq")!);
            entries.Count(entry => entry.GroupId == group).ShouldBe(entries.Count - (int)group + 1);
            entries.Select(entry => entry.Seq).ShouldBe(Enumerable.Range(1, entries.Count).Select(seq => (long)seq));
            var undone = await Timed($"undo of {change}", () => ana.Post($"/api/entries/{group}/undo"));
            undone.Status.ShouldBe(200, undone.Text[..Math.Min(300, undone.Text.Length)]);
        }
        (await ana.Page("/")).Text.ShouldContain("10,000 items · 49,995,000 pieces · 0 low");

        await ana.CreateItem("One more");
        (await ana.Post("/api/items/bulk", Body("""{"filter": {}, "change": {"delta": 1}}""")))
            .ShouldBeProblem(409, "too_many_items");
        (await ana.Post("/api/items/bulk", Body(
            $$$"""{"ids": [{{{string.Join(',', Enumerable.Range(1, Many + 1))}}}], "change": {"delta": 1}}""")))
            .ShouldBeProblem(422, "invalid", "ids");
    }

    [Theory, Databases]
    public async Task At_once_with_others_many_take_no_more_than_there_is(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        long[] items =
            [await ana.CreateItem("Bolt", 30), await ana.CreateItem("Nut", 30), await ana.CreateItem("Screw", 30)];

        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => n % 3 > 0
            ? ana.Post("/api/items/bulk", new { ids = items, change = new { delta = -1 } })
            : ana.Post($"/api/items/{items[n % items.Length]}/movements", new { delta = -1 })));

        replies.Select(reply => reply.Status).Distinct().Order().ShouldBe([200, 201, 409]);
        foreach (var item in items)
        {
            var left = (await ana.Item(item)).GetProperty("amount").GetInt64();
            left.ShouldBeGreaterThanOrEqualTo(0);
            (await ana.Get($"/api/items/{item}/movements?limit=200")).Json.EnumerateArray()
                .Sum(movement => movement.GetProperty("delta").GetInt64()).ShouldBe(left);
        }
    }

    [Fact]
    public async Task Work_on_a_hundred_items_counts_as_a_request()
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { RequestsPerMinute = 60 });
        var ana = await app.SignIn();
        await app.Fill(ana, 1000, n => $"Item {n}");
        var replies = new List<Reply>();
        for (var n = 0; n < 3; n++)
            replies.Add(await ana.Post("/api/items/bulk", Body("""{"filter": {}, "change": {"delta": 1}}""")));
        replies.ConvertAll(reply => reply.Status).ShouldBe([200, 200, 200]);

        for (var n = 0; n < 3; n++) replies.Add(await ana.Post($"/api/entries/{replies[n].Header("Feed-Seq")}/undo"));

        replies[^1].ShouldBeProblem(429, "too_many_requests").Header("Retry-After").ShouldNotBeNull();
        (await ana.Get("/api/items?limit=1")).Json[0].GetProperty("amount").GetInt64().ShouldBeGreaterThan(0);
        (await ana.Get("/api/me")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("""{}""", "ids", "change")]
    [InlineData("""{"ids": [1], "filter": {}, "change": {"delta": 1}}""", "ids")]
    [InlineData("""{"ids": [], "change": {"delta": 1}}""", "ids")]
    [InlineData("""{"ids": 7, "change": {"delta": 1}}""", "ids")]
    [InlineData("""{"ids": ["7", 1.5], "change": {"delta": 1}}""", "ids")]
    [InlineData("""{"ids": [1]}""", "change")]
    [InlineData("""{"ids": [1], "change": null}""", "change")]
    [InlineData("""{"ids": [1], "change": []}""", "change")]
    [InlineData("""{"ids": [1], "change": {}}""", "change")]
    [InlineData("""{"ids": [1], "change": {"delta": 1, "threshold": 2}}""", "change")]
    [InlineData("""{"ids": [1], "change": {"delta": 0}}""", "delta")]
    [InlineData("""{"ids": [1], "change": {"delta": "1", "note": 7}}""", "delta", "note")]
    [InlineData("""{"ids": [1], "change": {"threshold": -1}}""", "threshold")]
    [InlineData("""{"ids": [1], "change": {"archived": null}}""", "archived")]
    [InlineData("""{"ids": [1], "change": {"archived": "yes"}}""", "archived")]
    [InlineData("""{"filter": 7, "change": {"delta": 1}}""", "filter")]
    [InlineData("""{"filter": {"low": false, "tag": "old"}, "change": {"delta": 1}}""", "filter")]
    [InlineData("""{"filter": null, "change": {"delta": 1}}""", "ids")]
    [InlineData(
        """{"filter": {"low": 1, "search": 7, "starred": "x"}, "change": {"delta": 1}}""", "low", "search", "starred")]
    [InlineData("""{"ids": [1], "change": {"delta": 1}, "preview": "x"}""", "preview")]
    [InlineData("""{"ids": [1], "change": {"delta": 1}, "fingerprint": 7}""", "fingerprint")]
    public async Task What_is_wrong_is_told_by_field(string body, params string[] fields)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();

        (await ana.Post("/api/items/bulk", Body(body))).ShouldBeProblem(422, "invalid", fields);
    }

    private static JsonNode Body(string json) => JsonNode.Parse(json)!;

    private static async Task<Reply> Timed(string what, Func<Task<Reply>> send)
    {
        var watch = Stopwatch.StartNew();
        var reply = await send();
        TestContext.Current.TestOutputHelper!.WriteLine($"{what}: {watch.ElapsedMilliseconds} ms");
        watch.Elapsed.ShouldBeLessThan(Patience, what);
        return reply;
    }
}
