using System.Diagnostics;
using Pacil.Tests.Support;

namespace Pacil.Tests.Search;

/// <summary>
/// Checks the time of a search in repetitive text, and the memory of many such searches at the same time.
/// </summary>
[Collection<SerialTests>]
public sealed class CostlySearchTests
{
    private const int ItemsCount = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    public static readonly string[] Lists =
        ["/api/search?q=", "/api/autocomplete?q=", "/api/items?search=", "/api/items?sort=-name&search=",
            "/api/items?starred=true&search=", "/?search="];

    [Theory, Databases]
    public async Task Texts_and_words_that_repeat_themselves_are_searched_within_a_second(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        var ana = await Repeated(await app.SignIn());

        foreach (var list in Lists)
            foreach (var words in Words())
            {
                var watch = Stopwatch.StartNew();
                (await ana.Get(list + Uri.EscapeDataString(words))).Status.ShouldBe(200);
                watch.Elapsed.ShouldBeLessThan(Patience, list + words);
            }
    }

    [Fact]
    public async Task On_sqlite_searches_at_once_do_not_fill_the_memory()
    {
        // The managed heap alone may take up to 128 MB while the machine is busy. Without the limits of a search, 48
        // searches took several times as much outside it.
        const long BytesMax = 160L << 20;
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        await using var pacil = await PacilProcess.Start(heapBytesMax: 128L << 20, place.Folder, "--limits", "off");
        var ana = await Repeated(await pacil.SignIn("ana"));
        await Search(1);
        var before = pacil.PeakBytes();

        await Task.WhenAll(Enumerable.Range(0, 48).Select(Search));

        (pacil.PeakBytes() - before).ShouldBeLessThan(BytesMax);

        Task<Reply> Search(int n) => ana.Get(Lists[n % 3] + Uri.EscapeDataString(Words()[^1]));
    }

    private static string[] Words() =>
    [
        new string('a', 49) + "b", new string('a', 50) + "b", new string('a', 63) + "b", new string('a', 64),
        string.Join(' ', Enumerable.Range(55, 10).Select(n => new string('a', n - 1) + "b")),
        string.Join(' ', Enumerable.Range(0, 10).Select(n => new string('a', 50 - n) + "b" + new string('a', 13 + n))),
    ];

    /// <summary>Creates sixty items with repetitive descriptions and stars each of them.</summary>
    private static async Task<Person> Repeated(Person ana)
    {
        var text = string.Concat(Enumerable.Repeat(new string('a', 50) + "b", 196));
        for (var n = 0; n < ItemsCount; n++)
        {
            var item = await ana.Post("/api/items", new { name = $"Item {n}", description = text });
            item.Status.ShouldBe(201, item.Text);
            (await ana.Put($"/api/items/{item.Json.GetProperty("id")}/star")).Status.ShouldBe(200);
        }
        return ana;
    }
}
