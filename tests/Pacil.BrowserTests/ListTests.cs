using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.BrowserTests;

/// <summary>The list is what its address says, while others work and wherever one is in it.</summary>
public sealed class ListTests(Browsing browsing)
{
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

        // What is typed and not asked for yet counts as well.
        await box.PressSequentiallyAsync("zzz");
        await page.Locator(".chip").Filter(new() { HasText = "Starred" }).ClickAsync();
        await page.Arrives("/?search=zzz&starred=true");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all items" }).ClickAsync();
        await page.Arrives("/");
        await Expect(box).ToHaveValueAsync("");
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
        (await person.Get("/api/items?limit=200")).Json.EnumerateArray().Single(item => item.String("name") == name).Integer("id");
}
