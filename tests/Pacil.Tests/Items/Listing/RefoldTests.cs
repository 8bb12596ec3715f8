using System.Diagnostics;
using Pacil.Data;
using Pacil.Data.Folding;
using Pacil.Tests.Support;

namespace Pacil.Tests.Items.Listing;

/// <summary>A release with new folding rules folds the stored items of an older release again.</summary>
public sealed class RefoldTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Items_from_before_are_found_and_sorted_as_new_ones_are(TestDatabase database)
    {
        var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        // There are more items, and more bytes of text, than the server folds in one transaction.
        await app.Fill(ana, 450, n => $"Łata M{n}");
        for (var n = 0; n < 30; n++)
            await ana.Post("/api/items", new { name = $"Wide {n}", description = new string('é', 9_990) + " dłuto" });
        var gone = await ana.CreateItem("Łata M500");
        await ana.Delete($"/api/items/{gone}");
        var version = (await ana.Get("/api/items?limit=1")).Json[0].GetProperty("version").GetInt64();
        await app.Database.Write(Actor.Maintenance, async tx =>
        {
            await Unfold(tx);
            return await tx.Execute(OlderSchema.Before15(tx.Dialect));
        }, Cancellation);
        await using var upgraded = await app.Restart();
        ana = upgraded.As(ana);

        await Folded(upgraded);
        var names = await ana.Names("/api/items?sort=name&search=lata&limit=200");
        names.ShouldBe(Enumerable.Range(0, 200).Select(n => $"Łata M{n}"));
        (await ana.Names("/api/items?sort=-name&search=dluto&limit=1")).ShouldBe(["Wide 29"]);
        (await ana.Names("/api/items?archived=true&search=lata")).ShouldBe(["Łata M500"]);
        (await ana.Names("/api/search?q=m449")).ShouldBe(["Łata M449"]);
        (await ana.Names("/api/items?search=unfolded")).ShouldBeEmpty();
        (await ana.Get("/api/items?limit=1")).Json[0].GetProperty("version").GetInt64().ShouldBe(version);
    }

    [Theory, Databases]
    public async Task A_program_that_ended_in_the_midst_is_followed_by_one_that_goes_on_there(TestDatabase database)
    {
        var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await app.Fill(ana, 3, n => $"Łata {n}");
        var first = (await ana.Get("/api/items")).Json[0].GetProperty("id").GetInt64();
        await app.Database.Write(Actor.Maintenance, async tx =>
        {
            await Unfold(tx);
            return await tx.Execute("update meta set folded_item = @First", new { First = first });
        }, Cancellation);
        await using var next = await app.Restart();
        await Folded(next);

        (await next.As(ana).Names("/api/items?search=lata")).ShouldBe(["Łata 1", "Łata 2"]);
        // When the folding version changes, folding starts again at the first item.
        await next.Database.Write(Actor.Maintenance, tx => tx.Execute(
            "update meta set folding = folding - 1, folded_item = @First", new { First = first }), Cancellation);
        await using var last = await next.Restart();
        await Folded(last);
        (await last.As(ana).Names("/api/items?search=lata")).ShouldBe(["Łata 0", "Łata 1", "Łata 2"]);
    }

    [Theory, Databases]
    public async Task What_is_as_it_should_be_is_not_written_again(TestDatabase database)
    {
        var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await app.Fill(ana, 3, n => $"Łata {n}");
        await Folded(app);
        await app.Database.Write(Actor.Maintenance, tx => Unfold(tx), Cancellation);
        await using var next = await app.Restart();
        await Folded(next);

        (await next.As(ana).Names("/api/items?search=unfolded")).Length.ShouldBe(3);
    }

    /// <summary>
    /// Replaces the sort key and the searchable text of every item, as if other folding rules had computed them.
    /// </summary>
    private static Task<int> Unfold(WriteTransaction tx) =>
        tx.Execute("update item set name_key = name, search_text = '  unfolded'");

    private static async Task Folded(TestApp app)
    {
        var watch = Stopwatch.StartNew();
        while ((await app.Database.Read(
            connection => connection.First<State>("select folding, folded_item from meta"), Cancellation))
            is not { Folding: TextFolding.Version, FoldedItem: null }) watch.Elapsed.ShouldBeLessThan(
                TimeSpan.FromSeconds(30));
    }

    private sealed record State
    {
        public required int Folding { get; init; }
        public required long? FoldedItem { get; init; }
    }
}
