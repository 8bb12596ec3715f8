using Pacil.Items.Listing;
using Pacil.Tests.Support;

namespace Pacil.Tests.Search;

/// <summary>The maximum length of a search word, and a comparison of the search index with a full scan.</summary>
public sealed class SearchWordsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task A_word_of_64_letters_is_looked_for_and_one_more_is_refused(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var name = string.Concat(Enumerable.Range(0, 32).Select(n => (char)('a' + n % 26) + "\u00e9"));
        await ana.CreateItem($"{name}x");
        await ana.CreateItem($"{name[..^1]}y");

        (await ana.Names($"/api/search?q={name}")).ShouldBe([$"{name}x"]);
        (await ana.Names($"/api/items?search=nothing+{name}")).ShouldBeEmpty();
        // Accents do not count towards the 64 letters, nor do the separators that folding puts between letters and
        // digits.
        var parts = string.Concat(Enumerable.Repeat("a\u03011-.", 16));
        (await ana.Names($"/api/items?search={parts}")).ShouldBeEmpty();
        foreach (var wrong in new[] { $"{name}x", $"{parts}b", $"bolt {name}x", new string('a', 7000) + "b" })
            foreach (var list in CostlySearchTests.Lists)
                (await ana.Get(list + Uri.EscapeDataString(wrong)))
                    .ShouldBeProblem(422, "invalid", list.Contains("q=") ? "q" : "search");
    }

    [Theory, Databases]
    public async Task Wherever_a_search_is_read_its_length_is_limited(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        await ana.CreateItem();

        foreach (var (wrong, right) in new[]
                 {
                     (new string('a', 65), new string('a', 64)),
                     (new string(' ', 1000) + "a", new string(' ', 999) + "a")
                 })
        {
            (await ana.Get($"/api/users?search={Uri.EscapeDataString(wrong)}"))
                .ShouldBeProblem(422, "invalid", "search");
            (await ana.Get($"/admin?search={Uri.EscapeDataString(wrong)}")).ShouldBeProblem(422, "invalid", "search");
            (await ana.Get($"/api/users?search={Uri.EscapeDataString(right)}")).Status.ShouldBe(200);
            (await ana.Get($"/api/users?search={Uri.EscapeDataString(right[..^1])}%EF%BF%BE")).Status.ShouldBe(200);
            var batch = await ana.Post("/api/batch", new
            {
                requests = new[] { wrong, right }
                    .Select(text => new { path = $"/api/search?q={Uri.EscapeDataString(text)}" }),
            });
            batch.Json.GetProperty("responses").EnumerateArray().Select(part => part.GetProperty("status").GetInt32())
                .ShouldBe([422, 200]);
        }
        var word = new string('a', 65);
        (await ana.Post(
            "/api/items/bulk", new { filter = new { search = word }, change = new { delta = 1 }, preview = true }))
            .ShouldBeProblem(422, "invalid", "search");
        (await ana.Post("/api/items/bulk", new { filter = new { search = word[1..] }, change = new { delta = 1 } }))
            .ShouldBeProblem(409, "nothing_matches");
        (await ana.Page($"/?search={word}")).Text.ShouldContain("No word may be longer than 64 letters.");
    }

    /// <summary>
    /// For random text in many writing systems, the search index finds the same items as a full scan.
    /// </summary>
    [Theory, Databases]
    public async Task The_index_finds_what_is_found_without_it(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var n = 0; n < 150; n++)
            await ana.Post("/api/items", new
            {
                name = Text(random, 1, 60).Trim() is { Length: > 0 } name ? name : "a",
                description = Text(random, 0, 300),
            });

        for (var n = 0; n < 400; n++)
        {
            var text = Text(random, 1, 30);
            if (SearchTerms.Of(text, "q") is not { FindsNothing: false } terms) continue;
            var (from, condition) = terms.Indexed(app.Database.Dialect);
            (await Ids(from, condition)).ShouldBe(
                await Ids("from item", terms.Along(app.Database.Dialect)), $"{text}, seed {seed}");

            Task<List<long>> Ids(string source, string matches) => app.Database.Read(connection => connection.Query(
                $"select item.id {source} where {matches} and item.workspace_id = @Workspace order by item.id",
                [("Workspace", ana.Workspace), .. terms.Parameters(connection.Dialect, ana.Workspace)],
                static row => row.GetInt64(0)), Cancellation);
        }
    }

    private static string Text(Random random, int min, int max)
    {
        string[] letters = ["a", "a", "a", "b", "b", "B", "\u00e9", "1", "2", " ", " ", "%", "_", "\"", "\\",
            "\U0001F600", "\U00010400", "\u0301", "\u4e2d", "\u56fd", "\uac01", "\uc790", "\u0e44", "\u0142", "\u2019",
            "x", "\u00aa", "*"];
        return string.Concat(
            Enumerable.Range(0, random.Next(min, max)).Select(_ => letters[random.Next(letters.Length)]));
    }
}
