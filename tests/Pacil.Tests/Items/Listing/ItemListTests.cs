using System.Text;
using Pacil.Data.Folding;
using Pacil.Tests.Support;

namespace Pacil.Tests.Items.Listing;

public sealed class ItemListTests
{
    [Theory, Databases]
    public async Task Every_order_pages_through_everything_once(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var names = new[] { "bolt", "Bolt", "BOLT", "Äpfel", "apfel", "Zange", "étagère", "Etui", "ß", "10 mm",
            "9 mm", "_", "%" };
        for (var n = 0; n < names.Length; n++) await ana.CreateItem(names[n], n % 4);
        await ana.Patch($"/api/items/{(await Page(ana, "/api/items"))[3].Id}", new { unit = "kg" });

        foreach (var sort in new[] { "created", "name", "amount", "updated" })
        {
            var all = await Page(ana, $"/api/items?sort={sort}");
            all.Count.ShouldBe(names.Length);
            (await Walk(ana, $"/api/items?limit=3&sort={sort}")).ShouldBe(all);
            (await Walk(ana, $"/api/items?limit=1&sort=-{sort}")).ShouldBe(Enumerable.Reverse(all));
        }
        (await ana.Names("/api/items?sort=name")).Take(4).ShouldBe(["%", "9 mm", "10 mm", "_"]);
        (await Page(ana, "/api/items?sort=amount")).Select(item => item.Amount).ShouldBeInOrder();
    }

    [Theory, Databases]
    public async Task A_page_goes_on_where_it_ended_whatever_came_and_went(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        foreach (var name in new[] { "b", "d", "f", "h" }) await ana.CreateItem(name);
        var first = await ana.Get("/api/items?sort=name&limit=2");
        var d = first.Json[1].GetProperty("id").GetInt64();

        foreach (var name in new[] { "a", "c", "e" }) await ana.CreateItem(name);
        await ana.Delete($"/api/items/{d}");

        (await ana.Names(first.Next!)).ShouldBe(["e", "f"]);
    }

    [Theory, Databases]
    public async Task Filters_tell_what_is_low_and_what_is_archived(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        foreach (var (name, amount, threshold) in new (string, int, int?)[]
                 { ("none", 0, null), ("at", 3, 3), ("below", 1, 3), ("above", 4, 3), ("gone", 0, 3) })
            await ana.Post("/api/items", new { name, amount, threshold });
        var gone = (await Page(ana, "/api/items"))[^1].Id;
        await ana.Delete($"/api/items/{gone}");

        (await ana.Names("/api/items?low=true")).ShouldBe(["at", "below"]);
        (await ana.Names("/api/items?low=1&sort=amount")).ShouldBe(["below", "at"]);
        (await ana.Names("/api/items?archived=true")).ShouldBe(["gone"]);
        (await ana.Names("/api/items?low=false&archived=0&sort=-name")).ShouldBe(["none", "below", "at", "above"]);
    }

    [Theory, Databases]
    public async Task A_list_names_the_position_it_shows_even_when_it_is_empty(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var empty = (await ana.Get("/api/items")).Header("Feed-Cursor").ShouldNotBeNull();
        await ana.CreateItem();

        var after = (await ana.Get("/api/items")).Header("Feed-Cursor");

        after.ShouldNotBe(empty);
        (await ana.Get("/api/items?search=nothing")).Header("Feed-Cursor").ShouldBe(after);
    }

    [Theory, Databases]
    public async Task A_page_of_two_hundred_is_the_largest_and_fifty_the_usual(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(n => ana.CreateItem($"Item {n}")));

        var list = await ana.Get("/api/items");
        list.Json.GetArrayLength().ShouldBe(50);
        list.Header("Link").ShouldStartWith("</api/items?cursor=");
        list.Header("Link").ShouldEndWith(">; rel=\"next\"");
        (await ana.Get(list.Next!)).Json.GetArrayLength().ShouldBe(10);
        var all = await ana.Get("/api/items?limit=200&unknown=parameter");
        all.Json.GetArrayLength().ShouldBe(60);
        all.Next.ShouldBeNull();
        (await ana.Get("/api/items?limit=201")).ShouldBeProblem(422, "invalid", "limit");
        (await ana.Get("/api/items?limit=0")).ShouldBeProblem(422, "invalid", "limit");
        (await ana.Get("/api/items?sort=colour")).ShouldBeProblem(422, "invalid", "sort");
        (await ana.Get("/api/items?low=perhaps")).ShouldBeProblem(422, "invalid", "low");
        (await ana.Get($"{list.Next}&sort=name")).ShouldBeProblem(400, "bad_cursor");
        foreach (var cursor in new[] { "x", "%00", "bm9uc2Vuc2U", "Y3JlYXRlZAo5OTk5OTk5OTk5OTk5OTk5OTk5OTk5CngK" })
            (await ana.Get($"/api/items?cursor={cursor}")).ShouldBeProblem(400, "bad_cursor");
    }

    [Theory, Databases]
    public async Task A_made_up_cursor_is_refused_before_the_database_sees_it(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        foreach (var (sort, key) in new[]
                 {
                     ("updated", "300000000000000"), ("updated", "-1"), ("amount", "x"),
                     ($"name/{TextFolding.Version}", "a\0b")
                 })
            (await ana.Get($"/api/items?sort={sort.Split('/')[0]}&cursor={Cursor(sort, key)}"))
                .ShouldBeProblem(400, "bad_cursor");
        foreach (var delta in new[] { "9223372036854775807", "0", "x" })
            (await ana.SubmitForm("/movements", ("move", $"7 {delta}"))).Status.ShouldBe(400);
    }

    /// <summary>
    /// Numbers in names are sorted by their value, in digits of any writing system and of any length.
    /// </summary>
    [Theory, Databases]
    public async Task By_name_two_comes_before_ten(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        string[] sorted =
        [
            "-", "0", "2 V", "3 V", "10 V", "Bolt M2", "Bolt M2 x 8", "Bolt M2 x 16", "Bolt M3", "Bolt M10", "bolt M10",
            "BOLT M010", "Bolt M20", "Bolt Ma",
            "Firmware 1.9", "Firmware 1.10", "Firmware 1.10.1", "Firmware 2.0", "Kabel ٣", "Kabel १२", "Kabel ๒๐",
            "Kabel １００", "Łata 9", "Lata 10",
            $"Serial {new string('9', 9)}", $"Serial 1{new string('0', 9)}", $"Serial {new string('9', 18)}",
            $"Serial 1{new string('0', 18)}", $"Serial 1{new string('0', 99)}",
            "Straße 4", "Strasse 30", "Zange", "ﾎﾞﾙﾄ 3", "ボルト 20", "工具 2", "工具 11", "😀 2", "😀 10",
        ];
        string[] shuffled = [.. sorted];
        new Random(7).Shuffle(shuffled);
        foreach (var name in shuffled) await ana.CreateItem(name);

        var names = await ana.Names("/api/items?sort=name&limit=200");
        names.Select(TextFolding.SortKey).ShouldBe(sorted.Select(TextFolding.SortKey));
        var all = await Page(ana, "/api/items?sort=name&limit=200");
        (await Walk(ana, "/api/items?limit=1&sort=name")).ShouldBe(all);
        (await Walk(ana, "/api/items?limit=3&sort=-name")).ShouldBe(Enumerable.Reverse(all));
        foreach (var (id, _) in all) await ana.Delete($"/api/items/{id}");
        (await ana.Names("/api/items?sort=name&limit=200&archived=true")).ShouldBe(names);
    }

    /// <summary>
    /// The version of the folding rules determines the order of names. With another order, an old cursor would skip or
    /// repeat items.
    /// </summary>
    [Theory, Databases]
    public async Task A_cursor_of_names_that_were_folded_otherwise_is_refused(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        foreach (var name in new[] { "Bolt M2", "Bolt M10" }) await ana.CreateItem(name);

        foreach (var sort in new[] { "name", "-name" })
        {
            var path = $"/api/items?sort={sort}&cursor={Cursor(sort, "bolt m10")}";
            (await ana.Get(path)).ShouldBeProblem(400, "bad_cursor");
            (await ana.Page(path[4..].Replace("/items", "/"))).Status.ShouldBe(400);
            var batch = await ana.Post("/api/batch", new { requests = new[] { new { path } } });
            batch.Json.GetProperty("responses")[0].GetProperty("status").GetInt32().ShouldBe(400);
        }
        (await ana.Get($"/api/items?sort=name&cursor={Cursor($"name/{TextFolding.Version}", "bolt m02")}"))
            .Status.ShouldBe(200);
    }

    private static string Cursor(string sort, string key) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{sort}\n7\n{key}")).TrimEnd('=').Replace('+', '-')
            .Replace('/', '_');

    private static async Task<List<(long Id, long Amount)>> Page(Person person, string path) =>
        [.. (await person.Get(path)).Json.EnumerateArray().Select(item =>
            (item.GetProperty("id").GetInt64(), item.GetProperty("amount").GetInt64()))];

    private static async Task<List<(long Id, long Amount)>> Walk(Person person, string path)
    {
        var all = new List<(long, long)>();
        for (var next = path; next is not null;)
        {
            var reply = await person.Get(next);
            reply.Status.ShouldBe(200, reply.Text);
            all.AddRange(reply.Json.EnumerateArray().Select(item =>
                (item.GetProperty("id").GetInt64(), item.GetProperty("amount").GetInt64())));
            next = reply.Next;
        }
        return all;
    }
}
