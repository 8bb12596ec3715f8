using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.BrowserTests.Items;

public sealed class ListTests(Browsing browsing)
{
    private static readonly string[] Names =
    [
        "🔩 Bolt", "(paren)", "_under", "Äpfel", "ñandú", "~tilde", "ß-thing", "apple-10", "apple-9", "apple 2",
        "مفتاح ربط 13", "Ωmega", "İstanbul", "-dash", "„quote", "ﬀ", "日本語",
    ];

    [Fact]
    public async Task What_show_more_brings_is_shown_as_it_is_by_then()
    {
        var (page, ana) = await browsing.AtList(Enumerable.Range(10, 60).Select(n => $"Thing {n}"));
        var (read, late) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/*cursor=*", async route =>
        {
            var answer = await route.FetchAsync();
            read.SetResult();
            await late.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        await page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        await read.Task.Soon();
        await ana.Post($"/api/items/{ana.Known}/movements", new { delta = 37 });
        await ana.Delete($"/api/items/{await Id(ana, "Thing 68")}");
        await Expect(page.Locator("[data-counts]")).ToHaveTextAsync("59 items · 627 pieces · 0 low");
        late.SetResult();

        await Expect(page.Rows()).ToHaveCountAsync(59);
        await Expect(page.Amount("Thing 69")).ToHaveTextAsync("47");
        await Expect(page.Row("Thing 68")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_list_of_what_is_low_stays_one()
    {
        var (page, ana) = await browsing.AtList("Bolt");
        await page.GotoAsync("/?low=true");
        await page.Live();
        await Expect(page.GetByText("No items found.")).ToBeVisibleAsync();

        await ana.Post("/api/items", new { name = "Nut", amount = 1, threshold = 5 });
        await Expect(page.Row("Nut")).ToBeVisibleAsync();
        await Expect(page.GetByText("No items found.")).ToBeHiddenAsync();
        await ana.Post("/api/items", new { name = "Saw", amount = 6, threshold = 5 });
        var saw = await Id(ana, "Saw");
        await ana.Post($"/api/items/{saw}/movements", new { delta = -1 });
        await Expect(page.Locator("[data-news]")).ToHaveTextAsync("1 new");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await ana.Post($"/api/items/{saw}/movements", new { delta = 1 });
        await Expect(page.Locator("[data-news]")).ToBeHiddenAsync();
        await ana.Patch($"/api/items/{ana.Known}", new { threshold = 500 });
        await Expect(page.Locator("[data-news]")).ToHaveTextAsync("1 new");
        await page.Locator("[data-news]").ClickAsync();
        await Expect(page.Rows()).ToHaveCountAsync(2);
        await Expect(page.Row("Bolt").GetByRole(AriaRole.Link)).ToBeFocusedAsync();

        // The row with the focus stays in the list although it no longer matches the filter. Other rows that no longer
        // match are removed.
        await ana.Patch($"/api/items/{ana.Known}", new { threshold = 1 });
        await ana.Post($"/api/items/{await Id(ana, "Nut")}/movements", new { delta = 20 });
        await Expect(page.Row("Nut")).ToHaveCountAsync(0);
        await Expect(page.Row("Bolt")).ToHaveCountAsync(1);
        await ana.Delete($"/api/items/{ana.Known}");
        await Expect(page.GetByText("No items found.")).ToBeVisibleAsync();
        await Expect(page.Locator(".chip.low")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_search_finds_what_comes_and_loses_what_is_renamed()
    {
        var (page, ana) = await browsing.AtList("Bolt M6", "Solder");
        await page.GotoAsync("/?search=bolt+m");
        await page.Live();
        await Expect(page.Rows()).ToHaveCountAsync(1);

        await ana.CreateItem("Nut M8");
        var second = await ana.CreateItem("Bölt M8");
        await Expect(page.Rows()).ToContainTextAsync(["Bolt M6", "Bölt M8"]);
        await ana.Patch($"/api/items/{ana.Known}", new { name = "M5 bolt" });
        await Expect(page.Locator("[data-news]")).ToHaveTextAsync("1 new");
        await ana.Patch($"/api/items/{ana.Known}", new { name = "Solder" });
        await Expect(page.Locator("[data-news]")).ToBeHiddenAsync();
        await ana.Patch($"/api/items/{await Id(ana, "Bolt M6")}", new { name = "Screw M6" });
        await Expect(page.Rows()).ToHaveCountAsync(1);
        // A row shows only the beginning of the description, but the search covers all of it.
        await ana.Patch($"/api/items/{second}", new { description = $"{new string('x', 90)} bolt" });
        await ana.Patch($"/api/items/{second}", new { name = "Screw M8" });
        await Expect(page.Row("Screw M8")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_list_of_what_has_a_star_takes_back_what_is_restored()
    {
        var (page, ana) = await browsing.AtList("Bolt", "Nut");
        await ana.Put($"/api/items/{ana.Known}/star");
        await page.GotoAsync("/?starred=true");
        await page.Live();
        await ana.Delete($"/api/items/{ana.Known}");
        await Expect(page.GetByText("No items found.")).ToBeVisibleAsync();
        await ana.CreateItem("Saw");
        await ana.Post($"/api/items/{ana.Known}/restore");
        await Expect(page.Rows()).ToContainTextAsync(["Nut"]);
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await ana.Delete($"/api/items/{ana.Known}/star");
        await Expect(page.GetByText("No items found.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_list_of_what_is_archived_counts_what_comes_and_says_when_it_is_empty()
    {
        var (page, ana) = await browsing.AtList("Bolt", "Nut");
        await ana.Delete($"/api/items/{ana.Known}");
        await page.GotoAsync("/?archived=true");
        await page.Live();
        var bolt = await Id(ana, "Bolt");
        await ana.Delete($"/api/items/{bolt}");
        await Expect(page.Locator("[data-news]")).ToHaveTextAsync("1 new");
        await ana.Post($"/api/items/{bolt}/restore");
        await Expect(page.Locator("[data-news]")).ToBeHiddenAsync();
        await ana.Post($"/api/items/{ana.Known}/restore");
        await Expect(page.GetByText("No items found.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_changed_row_goes_where_it_belongs_unless_one_is_at_it()
    {
        var (page, ana) = await browsing.AtList("Bolt", "Nut", "Saw");
        await ana.Post($"/api/items/{ana.Known}/movements", new { delta = -9 });
        await page.GotoAsync("/?sort=amount");
        await page.Live();
        await Expect(page.Rows()).ToContainTextAsync(["Saw", "Bolt", "Nut"]);
        await ana.Post($"/api/items/{ana.Known}/movements", new { delta = 100 });
        await Expect(page.Rows()).ToContainTextAsync(["Bolt", "Nut", "Saw"]);
        await ana.Post($"/api/items/{await Id(ana, "Bolt")}/movements", new { delta = 5 });
        await Expect(page.Rows()).ToContainTextAsync(["Nut", "Bolt", "Saw"]);

        await page.Row("Saw").GetByRole(AriaRole.Link).FocusAsync();
        await ana.Post($"/api/items/{ana.Known}/movements", new { delta = -100 });
        await Expect(page.Locator("[data-news]")).ToHaveTextAsync("Show the new order");
        await Expect(page.Rows()).ToContainTextAsync(["Nut", "Bolt", "Saw"]);
        await page.Locator("[data-news]").ClickAsync();
        await Expect(page.Rows()).ToContainTextAsync(["Saw", "Nut", "Bolt"]);
        await Expect(page.Locator("[data-news]")).ToBeHiddenAsync();
    }

    /// <summary>
    /// The browser sorts and filters the rows in the same way as the server, so a reload changes nothing.
    /// </summary>
    [Fact]
    public async Task A_row_that_comes_goes_where_its_number_belongs_and_is_found_by_its_plain_letters()
    {
        var (page, ana) = await browsing.AtList("Śruba M2", "Śruba M10");
        await page.GotoAsync("/?sort=name");
        await page.Live();
        foreach (var name in new[] { "Sruba M3", "Śruba M007", "Śruba M٩", "ﬀ", "😀" }) await ana.CreateItem(name);
        string[] sorted = ["ﬀ", "Śruba M2", "Sruba M3", "Śruba M007", "Śruba M٩", "Śruba M10", "😀"];
        await Expect(page.Rows()).ToContainTextAsync(sorted);
        await page.ReloadAsync();
        await Expect(page.Rows()).ToContainTextAsync(sorted);

        foreach (var (search, name) in new[] { ("lodz", "Łódź"), ("🔋", "🔧🔋"), ("京", "東京都"), ("men's", "men’s") })
        {
            await page.GotoAsync($"/?search={Uri.EscapeDataString(search)}");
            await page.Live();
            await ana.CreateItem("Other");
            await ana.CreateItem(name);
            await Expect(page.Rows()).ToContainTextAsync([name]);
        }
    }

    [Fact]
    public async Task The_bar_leads_to_the_head_of_the_list_and_forgets_what_has_gone_again()
    {
        var (page, ana) = await browsing.AtList(Enumerable.Range(10, 40).Select(n => $"Thing {n}"));
        // The page scrolls down at the same moment as the first new row arrives.
        await page.EvaluateAsync(
            "document.addEventListener('feed:entry', () => scrollTo(0, 1200), { capture: true, once: true })");
        await ana.CreateItem("A first one");
        var second = await ana.CreateItem("A second one");
        await Expect(page.Locator("[data-news]")).ToHaveTextAsync("2 new");
        await ana.Delete($"/api/items/{second}");
        await Expect(page.Locator("[data-news]")).ToHaveTextAsync("1 new");
        await page.Locator("[data-news]").ClickAsync();
        await Expect(page.Row("A first one")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task What_comes_stands_where_the_server_puts_it()
    {
        var (page, ana) = await browsing.AtList("apple", "Banana", "Étagère", "zebra", "Öl");
        foreach (var name in Names)
            await ana.Post("/api/items", new { name, description = $"x{new string('y', 78)}😀" });
        await Expect(page.Rows()).ToHaveCountAsync(5 + Names.Length);
        var (names, note) = (await page.Locator("[data-name]").AllTextContentsAsync(), await Note());
        await page.ReloadAsync();
        names.ShouldBe(await page.Locator("[data-name]").AllTextContentsAsync());
        note.ShouldBe(await Note());
        note.ShouldBe($"x{new string('y', 78)}…");

        Task<string?> Note() => page.Row("-dash").Locator("[data-note]").TextContentAsync();
    }

    [Fact]
    public async Task Filters_order_and_search_add_up_and_typing_is_one_step_back()
    {
        var (page, _) = await browsing.AtList("Bolt", "Nut");
        var box = page.GetByRole(AriaRole.Combobox);
        await page.Locator(".chip.low").ClickAsync();
        await page.Arrives("/?low=true");
        await box.FillAsync("bo");
        await page.Arrives("/?low=true&search=bo");
        await page.GetByRole(AriaRole.Link, new() { Name = "Amount" }).ClickAsync();
        await page.Arrives("/?low=true&search=bo&sort=amount");
        await box.FillAsync("bol");
        await page.Arrives("/?low=true&search=bol&sort=amount");

        await page.GotoAsync("/?low=true");
        await page.Locator(".chip.low").ClickAsync();
        await page.Arrives("/");
        await Expect(page.Rows()).ToHaveCountAsync(2);
        var steps = await page.EvaluateAsync<int>("history.length");
        foreach (var text in new[] { "b", "bo", "bol" })
        {
            await box.FillAsync(text);
            await page.Arrives($"/?search={text}");
        }
        (await page.EvaluateAsync<int>("history.length")).ShouldBe(steps + 1);
        await page.GoBackAsync();
        await Expect(page.Rows()).ToHaveCountAsync(2);
        await Expect(box).ToHaveValueAsync("");

        // A filter link also applies the text that is typed in the search box but not submitted yet.
        await box.PressSequentiallyAsync("zzz");
        await page.Locator(".chip").Filter(new() { HasText = "Starred" }).ClickAsync();
        await page.Arrives("/?search=zzz&starred=true");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all items" }).ClickAsync();
        await page.Arrives("/");
        await Expect(box).ToHaveValueAsync("");
    }

    [Fact]
    public async Task The_focus_stays_where_one_is_when_the_list_is_shown_anew_or_a_row_leaves()
    {
        var (page, ana) = await browsing.AtList("Bolt", "Nut", "Saw");
        await page.Locator(".chip.low").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Arrives("/?low=true");
        await Expect(page.Locator(".chip.low")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Arrives("/");
        await Expect(page.Locator(".chip.low")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Amount" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Arrives("/?sort=amount");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Amount" })).ToBeFocusedAsync();

        await page.Row("Nut").GetByRole(AriaRole.Button, new() { Name = "Receive one" }).FocusAsync();
        await ana.Delete($"/api/items/{await Id(ana, "Nut")}");
        await Expect(page.Row("Saw").GetByRole(AriaRole.Button, new() { Name = "Receive one" })).ToBeFocusedAsync();
        await ana.Delete($"/api/items/{ana.Known}");
        await Expect(page.Row("Bolt").GetByRole(AriaRole.Button, new() { Name = "Receive one" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_keys_of_one_who_may_only_look_do_nothing()
    {
        var (page, budi, ana) = (await browsing.Window(), await browsing.NewPerson(), await browsing.NewPerson());
        await ana.Admit(budi, Role.Viewer);
        await ana.CreateItem("Bolt", 5);
        await browsing.SignInOn(page, budi);
        await page.GotoAsync($"/w/{ana.Workspace}/");
        await page.Live();
        var asked = new List<string>();
        page.Request += (_, request) => { if (request.Method != "GET") asked.Add(request.Url); };
        await page.Row("Bolt").GetByRole(AriaRole.Link).FocusAsync();
        foreach (var key in new[] { "+", "-", "x", "n" }) await page.Keyboard.PressAsync(key);
        await Expect(page.Locator("#create")).ToBeHiddenAsync();
        await page.TakesIn();
        asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_now_grows_old()
    {
        var page = await browsing.Window();
        await page.Clock.InstallAsync();
        var ana = await browsing.SignInOn(page);
        await page.Live();
        await ana.CreateItem("Bolt");
        var when = page.Row("Bolt").Locator("[data-updated]");
        await Expect(when).ToHaveTextAsync("now");
        await page.Clock.FastForwardAsync("02:30");
        await Expect(when).ToHaveTextAsync("2 min ago");
    }

    private static async Task<long> Id(Person person, string name) =>
        (await person.Get("/api/items?limit=200")).Json.EnumerateArray()
            .Single(item => item.String("name") == name).Integer("id");
}
