using Pacil.Tests.Support;

namespace Pacil.Tests.Search;

public sealed class SearchTests
{
    [Theory, Databases]
    public async Task Case_and_accents_do_not_matter_and_words_stand_in_any_order(TestDatabase database)
    {
        var ana = await Shelf(database, "Étagère, wall", "Bolt M6 × 20", "STRASSE", "Łódź map", "ＦＵＬＬ width");

        (await ana.Names("/api/search?q=etagere")).ShouldBe(["Étagère, wall"]);
        (await ana.Names("/api/search?q=ÉTAG")).ShouldBe(["Étagère, wall"]);
        (await ana.Names("/api/search?q=m6+bolt")).ShouldBe(["Bolt M6 × 20"]);
        (await ana.Names("/api/search?q=olt")).ShouldBe(["Bolt M6 × 20"]);
        (await ana.Names("/api/search?q=full")).ShouldBe(["ＦＵＬＬ width"]);
        (await ana.Names("/api/search?q=rass")).ShouldBe(["STRASSE"]);
        (await ana.Names("/api/search?q=bolt+wall")).ShouldBeEmpty();
        (await ana.Names("/api/items?search=wall+ETAG&sort=name")).ShouldBe(["Étagère, wall"]);
    }

    [Theory, Databases]
    public async Task The_whole_name_comes_first_then_beginnings_then_words_then_the_rest(TestDatabase database)
    {
        var ana = await Shelf(database, "Steel bolt", "Thunderbolts", "Bolt cutter", "Bolt", "Nut");
        await ana.Post("/api/items", new { name = "Washer", description = "fits every bolt" });

        (await ana.Names("/api/search?q=bolt")).ShouldBe(["Bolt", "Bolt cutter", "Steel bolt", "Thunderbolts", "Washer"]);
        (await ana.Names("/api/search?q=bolt&limit=2")).ShouldBe(["Bolt", "Bolt cutter"]);
    }

    [Theory, Databases]
    public async Task One_and_two_letters_find_the_beginnings_of_words(TestDatabase database)
    {
        var ana = await Shelf(database, "Bolt M6", "Nut, M8", "Amber", "6 V lamp");

        (await ana.Names("/api/search?q=m")).ShouldBe(["Bolt M6", "Nut, M8"]);
        (await ana.Names("/api/search?q=m6")).ShouldBe(["Bolt M6"]);
        (await ana.Names("/api/search?q=6")).ShouldBe(["6 V lamp", "Bolt M6"]);
        (await ana.Names("/api/search?q=am")).ShouldBe(["Amber"]);
        (await ana.Names("/api/items?search=m8")).ShouldBe(["Nut, M8"]);
    }

    [Theory, Databases]
    public async Task Wildcards_quotes_and_operators_are_just_characters(TestDatabase database)
    {
        var ana = await Shelf(database, "100% wool", "100 g wool", "under_score", "underXscore", "it's \"quoted\"", "back\\slash", "a AND b", "(x)");

        foreach (var list in new[] { "/api/search?q=", "/api/items?search=" })
        {
            (await ana.Names($"{list}%25")).ShouldBe(["100% wool"]);
            (await ana.Names($"{list}100%25")).ShouldBe(["100% wool"]);
            (await ana.Names($"{list}_")).ShouldBe(["under_score"]);
            (await ana.Names($"{list}r_s")).ShouldBe(["under_score"]);
            (await ana.Names($"{list}%22")).ShouldBe(["it's \"quoted\""]);
            (await ana.Names($"{list}%27s")).ShouldBe(["it's \"quoted\""]);
            (await ana.Names($"{list}%5C")).ShouldBe(["back\\slash"]);
            (await ana.Names($"{list}AND")).ShouldBe(["a AND b"]);
            (await ana.Names($"{list}%28")).ShouldBe(["(x)"]);
            (await ana.Names($"{list}%00")).ShouldBeEmpty();
            (await ana.Names($"{list}a%00AND")).ShouldBeEmpty();
            (await ana.Names($"{list}*")).ShouldBeEmpty();
            (await ana.Names($"{list}wool+OR+nothing")).ShouldBeEmpty();
            (await ana.Names($"{list}%F0%9F%98%80")).ShouldBeEmpty();
        }
    }

    [Theory, Databases]
    public async Task What_changes_its_name_is_found_by_the_new_one_only(TestDatabase database)
    {
        var ana = await Shelf(database, "Bolt");
        var item = (await ana.Get("/api/items")).Json[0].GetProperty("id").GetInt64();
        await ana.Patch($"/api/items/{item}", new { name = "Screw", description = "with a hexagon" });

        (await ana.Names("/api/search?q=bolt")).ShouldBeEmpty();
        (await ana.Names("/api/search?q=screw")).ShouldBe(["Screw"]);
        (await ana.Names("/api/search?q=hexa")).ShouldBe(["Screw"]);
    }

    [Theory, Databases]
    public async Task Autocomplete_gives_the_five_best_names_from_two_characters_on(TestDatabase database)
    {
        var ana = await Shelf(database, "Bolt", "Bolt", "Bolt 1", "Bolt 2", "Bolt 3", "Bolt 4", "A bolt");

        (await ana.Get("/api/autocomplete?q=b")).Text.ShouldBe("[]");
        (await ana.Get("/api/autocomplete")).Text.ShouldBe("[]");
        (await ana.Get("/api/autocomplete?q=bo")).Text.ShouldBe("""["Bolt","Bolt 1","Bolt 2","Bolt 3","Bolt 4"]""");
    }

    /// <summary>More hits than are sorted: the list walks its own order past what does not match.</summary>
    [Theory, Databases]
    public async Task A_word_in_thousands_of_items_pages_in_every_order(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await app.Fill(ana, 2500, n => n % 5 == 0 ? $"Nut {n}" : $"Bolt {n}");
        await app.Fill(await app.SignIn(), 100, n => $"Bolt of another {n}");

        var names = await ana.Names("/api/items?search=bolt&sort=-name&limit=200");

        names.Length.ShouldBe(200);
        names.ShouldAllBe(name => name.StartsWith("Bolt "));
        names.ShouldBe(names.OrderDescending(StringComparer.Ordinal).Select(name => name));
        (await ana.Names("/api/search?q=bolt")).Length.ShouldBe(50);
    }

    private static async Task<Person> Shelf(TestDatabase database, params string[] names)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        foreach (var name in names) await ana.CreateItem(name);
        return ana;
    }
}
