using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests.Outbox;

/// <summary>
/// Responses that arrive late or out of order, and responses that arrive after the user has moved on to another page.
/// </summary>
public sealed class LateAnswerTests(Browsing browsing)
{
    [Fact]
    public async Task An_answer_that_comes_before_what_others_did_hides_none_of_it()
    {
        var (page, ana, bolt, heard) = await Deaf();
        await ana.Patch($"/api/items/{bolt}", new { name = "Bolt M6" });
        await page.Row("Bolt").Press("Receive one");
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("11");
        await Expect(page.Locator("tr.pending")).ToHaveCountAsync(0);
        heard.SetResult();

        await Expect(page.Row("Bolt M6")).ToBeVisibleAsync();
        await Expect(page.Amount("Bolt M6")).ToHaveTextAsync("11");
    }

    [Fact]
    public async Task An_amount_that_was_answered_is_not_turned_back_by_what_came_before_it()
    {
        var (page, ana, bolt, heard) = await Deaf();
        await ana.Post($"/api/items/{bolt}/movements", new { delta = 5 });
        await page.Row("Bolt").Press("Take one");
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("14");
        await page.EvaluateAsync(
            """
            window.shown = [];
            new MutationObserver((changes) => shown.push(
              ...changes.flatMap(({ addedNodes }) => [...addedNodes].map(({ data }) => data))))
              .observe(document.querySelector("#list [data-amount]"), { childList: true });
            """);
        await ana.Patch($"/api/items/{bolt}", new { name = "Bolt M6" });
        heard.SetResult();

        await Expect(page.Row("Bolt M6")).ToBeVisibleAsync();
        (await page.EvaluateAsync<string[]>("shown")).Distinct().ShouldBe(["14"]);
    }

    [Fact]
    public async Task A_list_that_comes_late_turns_no_count_back()
    {
        var (page, ana) = await browsing.AtList("Bolt", "Nut");
        var late = await AnswersLate(page, "**/?search=bolt");
        await page.GetByRole(AriaRole.Combobox).FillAsync("bolt");
        await late.Answered;
        await ana.CreateItem("Saw", 5);
        await Expect(page.Locator("[data-counts]")).ToHaveTextAsync("3 items · 25 pieces · 0 low");
        late.Arrives();
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-counts]")).ToHaveTextAsync("3 items · 25 pieces · 0 low");
    }

    [Fact]
    public async Task What_was_typed_about_one_item_never_comes_up_at_another()
    {
        var (page, ana) = await browsing.AtList("Bolt", "Nut");
        var late = new TaskCompletionSource();
        (await ana.Put($"/api/drafts/item:{ana.Known}", new { description = "Of the nut" }))
            .Status.ShouldBeInRange(200, 204);
        await page.RouteAsync("**/api/batch", async route =>
        {
            if (route.Request.PostData!.Contains($"item%3A{ana.Known}")) await late.Task;
            await route.ContinueAsync();
        });
        await Open("Nut");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#sheet")).ToBeHiddenAsync();
        await Open("Bolt");
        await page.RunAndWaitForResponseAsync(() => { late.SetResult(); return Task.CompletedTask; }, "**/api/batch");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await Expect(page.Locator("#sheet").GetByLabel("Description")).ToHaveValueAsync("");

        async Task Open(string name)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
            await Expect(page.Locator("#sheet").GetByLabel("Name")).ToHaveValueAsync(name);
        }
    }

    [Fact]
    public async Task What_becomes_of_one_item_closes_no_dialog_of_another()
    {
        var (page, ana) = await browsing.AtList("Bolt", "Nut");
        var late = new TaskCompletionSource();
        await page.RouteAsync("**/movements", async route => { await late.Task; await route.ContinueAsync(); });
        var sheet = page.Locator("#sheet");
        await page.GetByRole(AriaRole.Link, new() { Name = "Nut" }).ClickAsync();
        await sheet.GetByLabel("How many").FillAsync("3");
        await sheet.Press("Receive");
        await page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }).ClickAsync();
        await sheet.GetByLabel("Description").FillAsync("Steel");
        late.SetResult();

        // The test checks the data on the server and not the message on the page, because on a slow machine the page
        // might first show another message: that the movement waits to be sent.
        await Waiting.Until(async () => (await ana.Item(ana.Known)).Integer("amount") == 13, "the server has it");
        await Expect(page.Locator("tr.pending")).ToHaveCountAsync(0);
        await Expect(page.Amount("Nut")).ToHaveTextAsync("13");
        await Expect(sheet).ToBeVisibleAsync();
        await Expect(sheet.GetByLabel("Description")).ToHaveValueAsync("Steel");
        await sheet.Press("Save");
        await Expect(page.Row("Bolt")).ToContainTextAsync("Steel");
    }

    [Fact]
    public async Task A_star_taken_away_elsewhere_while_one_gives_it_is_gone()
    {
        var (page, ana) = await browsing.AtList("Bolt");
        await page.EvaluateAsync("window.heard = 0; document.addEventListener('feed:entry', () => heard++)");
        var late = await AnswersLate(page, "**/star");
        var star = page.Row("Bolt").Locator("[name=star]");
        await star.ClickAsync();
        await late.Answered;
        await ana.Delete($"/api/items/{ana.Known}/star");
        await page.WaitForFunctionAsync("() => heard === 2");
        await page.RunAndWaitForResponseAsync(() => { late.Arrives(); return Task.CompletedTask; }, "**/star");
        await Expect(star).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(page.Locator("[data-stars]")).ToHaveTextAsync("Starred");
    }

    [Fact]
    public async Task Another_tab_that_is_about_to_sign_out_learns_what_waits()
    {
        var (page, _) = await browsing.AtList("Bolt");
        var leaving = await page.Context.NewPageAsync();
        await leaving.GotoAsync("/logout");
        await Expect(leaving.Locator("[data-unsent]")).ToBeHiddenAsync();
        await page.RouteAsync("**/movements", route => route.AbortAsync());
        await page.Row("Bolt").Press("Receive one");
        await Expect(leaving.Locator("[data-unsent]")).ToContainTextAsync("1");
    }

    [Fact]
    public async Task What_was_typed_a_moment_before_one_left_is_there_when_one_comes_back()
    {
        var (page, ana) = await browsing.AtList("Bolt");
        await page.GotoAsync($"/items/{ana.Known}");
        await page.GetByLabel("Description").FillAsync("Zinc");
        await page.GotoAsync("/");
        await page.GotoAsync($"/items/{ana.Known}");
        await Expect(page.GetByLabel("Description")).ToHaveValueAsync("Zinc");
    }

    [Fact]
    public async Task What_one_restores_by_the_keyboard_leaves_one_at_its_neighbour()
    {
        var (page, ana) = await browsing.AtList("Bolt", "Nut");
        // The item ids need not be consecutive, because other tests add items at the same time. So the test reads the
        // ids from the list.
        foreach (var item in (await ana.Get("/api/items")).Json.EnumerateArray())
            await ana.Delete($"/api/items/{item.Integer("id")}");
        await page.GotoAsync("/?archived=true");
        await page.Live();
        await page.Row("Bolt").GetByRole(AriaRole.Button, new() { Name = "Restore" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await Expect(page.Row("Nut").GetByRole(AriaRole.Button, new() { Name = "Restore" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_feed_that_is_ended_says_nothing_more()
    {
        var (page, ana) = await browsing.AtList("Bolt");
        var other = await page.Context.NewPageAsync();
        await other.AtOwnPage();
        await other.EvaluateAsync(
            """
            async () => {
              const { Feed } = await import("/js/feed.js");
              const feed = new Feed("");
              window.heard = [];
              await new Promise((resolve) => {
                feed.addEventListener("state", resolve);
                feed.addEventListener("entry", ({ detail }) => heard.push(detail.seq));
                feed.open();
              });
              feed.end();
            }
            """);
        await ana.CreateItem("Nut");
        await Expect(page.Row("Nut")).ToBeVisibleAsync();
        (await other.EvaluateAsync<int>("heard.length")).ShouldBe(0);
    }

    /// <summary>
    /// The server processes the request to that address immediately, but the page receives the response only when the
    /// test calls Arrives.
    /// </summary>
    private static async Task<(Task Answered, Action Arrives)> AnswersLate(IPage page, string address)
    {
        var (answered, arrives) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync(address, async route =>
        {
            var answer = await route.FetchAsync();
            answered.SetResult();
            await arrives.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        return (answered.Task, arrives.SetResult);
    }

    /// <summary>
    /// Opens a list with one item. The page's feed request is held back until the test completes Heard.
    /// </summary>
    private async Task<(IPage Page, Person Ana, long Bolt, TaskCompletionSource Heard)> Deaf()
    {
        var page = await browsing.Window();
        await page.Lacks("WebSocket");
        var ana = await browsing.SignInOn(page);
        var bolt = await ana.CreateItem("Bolt", 10);
        var heard = new TaskCompletionSource();
        await page.RouteAsync("**/api/feed?**", async route => { await heard.Task; await route.ContinueAsync(); });
        await page.GotoAsync("/");
        return (page, ana, bolt, heard);
    }
}
