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

        (await ana.Names("/api/search?q=bolt"))
            .ShouldBe(["Bolt", "Bolt cutter", "Steel bolt", "Thunderbolts", "Washer"]);
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
        var ana = await Shelf(database, "100% wool", "100 g wool", "under_score", "underXscore", "it's \"quoted\"",
            "back\\slash", "a AND b", "(x)");

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
            (await ana.Names($"{list}a%EF%BF%BEAND")).ShouldBeEmpty();
            (await ana.Names($"{list}%EF%BF%BF")).ShouldBeEmpty();
            (await ana.Names($"{list}*")).ShouldBeEmpty();
            (await ana.Names($"{list}wool+OR+nothing")).ShouldBeEmpty();
            (await ana.Names($"{list}%F0%9F%98%80")).ShouldBeEmpty();
        }
    }

    /// <summary>Checks each term with every kind of search (see <c>Finds</c>), and some terms in the archive.</summary>
    [Theory, Databases]
    public async Task Letters_that_have_no_accent_but_look_like_it_are_found_by_the_plain_ones_and_the_other_way_round(
        TestDatabase database)
    {
        var ana = await Shelf(
            database, "Łódź lampa", "Ŋala mĸ", "Straße", "Æsir Þorn", "Crème brûlée", "Iʼm ıslak", "Đồng hồ");

        foreach (var (asked, name) in new[]
                 {
                     ("lodz", "Łódź lampa"), ("ŁODZ", "Łódź lampa"), ("lampą", "Łódź lampa"), ("ngala", "Ŋala mĸ"),
                     ("mq", "Ŋala mĸ"), ("rass", "Straße"),
                     ("STRASSE", "Straße"), ("aesir", "Æsir Þorn"), ("th", "Æsir Þorn"), ("þorn", "Æsir Þorn"),
                     ("i'm", "Iʼm ıslak"), ("ISLAK", "Iʼm ıslak"), ("đong ho", "Đồng hồ"),
                 })
            await Finds(ana, asked, name);
        await Finds(ana, "o", []);
        foreach (var item in (await ana.Get("/api/items")).Json.EnumerateArray())
            await ana.Delete($"/api/items/{item.GetProperty("id")}");
        (await ana.Names("/api/items?archived=true&search=lodz")).ShouldBe(["Łódź lampa"]);
        (await ana.Names("/api/items?archived=true&search=%C5%82amp")).ShouldBe(["Łódź lampa"]);
    }

    [Theory, Databases]
    public async Task What_devices_write_for_a_quote_or_a_dash_is_the_plain_one(TestDatabase database)
    {
        var ana = await Shelf(
            database, "men’s glove", "painter's tape", "“Pro” drill", "rack 19″", "M6–20", "M8-30", "O´Brien");

        foreach (var (asked, name) in new[]
                 {
                     ("men's", "men’s glove"), ("men´s", "men’s glove"), ("painter’s", "painter's tape"),
                     ("painterʼs", "painter's tape"), ("\"pro\"", "“Pro” drill"), ("„pro“", "“Pro” drill"),
                     ("19\"", "rack 19″"), ("19”", "rack 19″"), ("m6-20", "M6–20"), ("m8—30", "M8-30"),
                     ("o'brien", "O´Brien"),
                 })
            await Finds(ana, asked, name);
    }

    /// <summary>
    /// Languages in these writing systems have words of one or two letters and no spaces between words.
    /// </summary>
    [Theory, Databases]
    public async Task In_scripts_without_blanks_one_letter_is_found_wherever_it_stands(TestDatabase database)
    {
        var ana = await Shelf(database, "東京都地図", "电池盒", "ｷﾞﾀｰ", "ガラス", "新𠮷野家丼", "螺栓M10×20");

        foreach (var (asked, name) in new[]
                 {
                     ("京", "東京都地図"), ("京都", "東京都地図"), ("地図", "東京都地図"), ("東京都地図", "東京都地図"), ("盒", "电池盒"), ("池盒", "电池盒"),
                     ("タ", "ｷﾞﾀｰ"), ("ﾗｽ", "ガラス"), ("𠮷", "新𠮷野家丼"), ("𠮷野", "新𠮷野家丼"), ("栓m10", "螺栓M10×20"),
                     ("栓m", "螺栓M10×20"),
                 })
            await Finds(ana, asked, name);
        foreach (var asked in new[] { "都京", "京地", "a", "ª", "ª京", "京ª" }) await Finds(ana, asked, []);
    }

    [Theory, Databases]
    public async Task Short_words_of_Thai_and_its_neighbours_and_of_Korean_are_found_within_others(
        TestDatabase database)
    {
        var ana = await Shelf(database, "ป่าไม้", "ຢາສູບ", "ទឹកដោះ", "ရေခဲ", "ꦱꦼꦥꦠꦸ", "줄자", "볼트 M6");

        foreach (var (asked, name) in new[]
                 {
                     ("ไม้", "ป่าไม้"), ("ม", "ป่าไม้"), ("ສູບ", "ຢາສູບ"), ("ដោះ", "ទឹកដោះ"),
                     ("ခဲ", "ရေခဲ"), ("ꦥꦠ", "ꦱꦼꦥꦠꦸ"),
                     ("자", "줄자"), ("ㅈ", "줄자"), ("트", "볼트 M6"), ("보", "볼트 M6"), ("트 6", "볼트 M6"),
                 })
            await Finds(ana, asked, name);
        foreach (var asked in new[] { "ม้ไ", "자줄" }) await Finds(ana, asked, []);
    }

    [Theory, Databases]
    public async Task Pictures_are_found_alone_and_among_others(TestDatabase database)
    {
        var ana = await Shelf(database, "🔋 pack", "🔧🔋🔦 kit", "👍🏽 good", "👨\u200D🔧 plumber", "🇮🇩🇵🇱 flags",
            "1\uFE0F\u20E3 first", "25°C probe", "𐐔𐐇 box");

        await Finds(ana, "🔋", ["🔋 pack", "🔧🔋🔦 kit"]);
        await Finds(ana, "🔋 pack", "🔋 pack");
        await Finds(ana, "🔦", "🔧🔋🔦 kit");
        await Finds(ana, "👍", "👍🏽 good");
        await Finds(ana, "👍🏽", "👍🏽 good");
        await Finds(ana, "👍🏿", []);
        await Finds(ana, "👨", "👨\u200D🔧 plumber");
        await Finds(ana, "🇵🇱", "🇮🇩🇵🇱 flags");
        await Finds(ana, "1\uFE0F\u20E3", "1\uFE0F\u20E3 first");
        await Finds(ana, "°c", "25°C probe");
        await Finds(ana, "𐐼", "𐐔𐐇 box");
        await Finds(ana, "😀", []);
    }

    /// <summary>
    /// Names that begin with the search text come first, for any number of other hits and any length of the search
    /// text.
    /// </summary>
    [Theory, Databases]
    public async Task What_begins_with_a_number_is_found_among_thousands_that_have_it_elsewhere(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await app.Fill(ana, 300, n => $"Box {n} of SKU 1002");
        foreach (var name in new[] { "SKU 100234", "SKU 1002", "Étagère SKU 1002", $"{new string('a', 60)} SKU 1002" })
            await ana.CreateItem(name);

        (await ana.Names("/api/search?q=sku+1002&limit=2")).ShouldBe(["SKU 1002", "SKU 100234"]);
        (await ana.Names("/api/search?q=ETAGERE+SKU+10&limit=1")).ShouldBe(["Étagère SKU 1002"]);
        (await ana.Names($"/api/search?q={new string('a', 60)}+sku")).ShouldBe([$"{new string('a', 60)} SKU 1002"]);
        (await ana.Get("/api/autocomplete?q=SKU+1002")).Text.ShouldStartWith("""["SKU 1002","SKU 100234",""");
    }

    private static Task Finds(Person person, string asked, string name) => Finds(person, asked, [name]);

    /// <summary>
    /// Checks the item list, the ranked search, the autocomplete, a bulk change of all hits, and a batch.
    /// </summary>
    private static async Task Finds(Person person, string asked, string[] names)
    {
        var search = Uri.EscapeDataString(asked);
        (await person.Names($"/api/items?search={search}")).ShouldBe(names, asked);
        (await person.Names($"/api/items?sort=-name&search={search}")).ShouldBe(names, ignoreOrder: true, asked);
        (await person.Names($"/api/search?q={search}")).ShouldBe(names, ignoreOrder: true, asked);
        if (asked.Length >= 2)
            (await person.Get($"/api/autocomplete?q={search}")).Json.EnumerateArray().Select(name => name.GetString())
                .ShouldBe(names, ignoreOrder: true, asked);
        var bulk = await person.Post(
            "/api/items/bulk", new { filter = new { search = asked }, change = new { delta = 1 }, preview = true });
        if (names.Length == 0) bulk.ShouldBeProblem(409, "nothing_matches");
        else bulk.Json.GetProperty("count").GetInt32().ShouldBe(names.Length, asked);
        var batch = await person.Post(
            "/api/batch", new { requests = new[] { new { path = $"/api/items?search={search}" } } });
        batch.Json.GetProperty("responses")[0].GetProperty("body").GetArrayLength().ShouldBe(names.Length, asked);
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

    /// <summary>
    /// If there are more hits than the server sorts, the list reads the items in list order and skips those that do not
    /// match.
    /// </summary>
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
