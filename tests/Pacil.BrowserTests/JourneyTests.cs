using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests;

public sealed class JourneyTests(Browsing browsing)
{
    [Fact]
    public async Task From_registering_to_signing_out()
    {
        var page = await browsing.Window();
        await page.GotoAsync("/");
        await page.Arrives("/login?next=%2F");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();

        await page.GetByLabel("User name").FillAsync("journey");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("12345");
        await page.GetByLabel("Confirm password").FillAsync("different");
        await page.Press("Create account");
        await Expect(page.Locator("[data-error-for=password]")).ToHaveTextAsync("Use at least 8 characters.");
        await Expect(page.Locator("[data-error-for=password_confirmation]"))
            .ToHaveTextAsync("The two passwords do not match.");
        await Expect(page.GetByLabel("Password", new() { Exact = true })).ToBeFocusedAsync();
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(TestApp.Password);
        await page.GetByLabel("Confirm password").FillAsync(TestApp.Password);
        await Expect(page.Locator("[data-error-for=password]")).ToBeEmptyAsync();
        await page.Press("Create account");

        await page.Arrives("/login?next=%2F");
        await Expect(page.GetByText("The account journey was created.")).ToBeVisibleAsync();
        await page.GetByLabel("User name").FillAsync("journey");
        await page.GetByLabel("Password").FillAsync(TestApp.Password);
        await page.Press("Sign in");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "My items" })).ToBeVisibleAsync();
        await Expect(page.GetByText("last signed in today")).ToBeVisibleAsync();
        await Expect(page.GetByText("Nothing here yet.")).ToBeVisibleAsync();
        (await page.EvaluateAsync<string>("fetch('/api/me').then(r => r.json()).then(me => me.time_zone)"))
            .ShouldBe("Asia/Jakarta");

        await page.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await page.Press("Sign out");
        await page.Arrives("/login");
        await Expect(page.GetByText("You are signed out.")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await page.GotoAsync("/");
        await page.Arrives("/login?next=%2F");
    }

    [Fact]
    public async Task Adding_taking_editing_and_archiving_never_leave_the_page()
    {
        var page = await browsing.SignedIn();
        var loads = page.CountLoads();

        await page.Add("Bolt M6", "5");
        await Expect(page.Row("Bolt M6")).ToBeVisibleAsync();
        await Expect(page.GetByText("Nothing here yet.")).ToBeHiddenAsync();
        await page.Row("Bolt M6").Press("Receive one");
        await Expect(page.Amount("Bolt M6")).ToHaveTextAsync("6");
        await Expect(page.Toasts()).ToContainTextAsync("Received 1 Bolt M6.");
        await page.Press("Undo");
        await Expect(page.Amount("Bolt M6")).ToHaveTextAsync("5");

        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt M6" }).ClickAsync();
        var sheet = page.Locator("#sheet");
        await sheet.GetByLabel("How many").FillAsync("9");
        await sheet.Press("Take");
        await Expect(page.GetByText("Only 5 in stock.")).ToBeVisibleAsync();
        await sheet.GetByLabel("How many").FillAsync("3");
        await sheet.GetByLabel("Note").FillAsync("for the rover");
        await sheet.Press("Take");
        await Expect(sheet).ToBeHiddenAsync();
        await Expect(page.Amount("Bolt M6")).ToHaveTextAsync("2");

        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt M6" }).ClickAsync();
        await sheet.GetByLabel("Name").FillAsync("");
        await sheet.Press("Save");
        await Expect(sheet.Locator("[data-error-for=name]")).ToHaveTextAsync("Please fill this in.");
        await sheet.GetByLabel("Name").FillAsync("Bolt M8");
        await sheet.GetByLabel("Low stock at").FillAsync("4");
        await sheet.Press("Save");
        await Expect(page.Row("Bolt M8").Locator("[data-low]")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt M8" }).ClickAsync();
        await sheet.Press("Archive");
        await Expect(page.Row("Bolt M8")).ToBeHiddenAsync();
        await page.Press("Undo");
        await Expect(page.Row("Bolt M8")).ToBeVisibleAsync();
        loads().ShouldBe(0);
        await page.ReloadAsync();
        await Expect(page.Amount("Bolt M8")).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task An_edit_sends_only_what_was_touched_and_a_new_count_is_a_movement()
    {
        var page = await browsing.SignedIn();
        await page.Add("Bolt", "5");
        var bodies = new List<string>();
        page.Request += (_, request) => { if (request.Method == "PATCH") bodies.Add(request.PostData!); };

        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }).ClickAsync();
        var sheet = page.Locator("#sheet");
        await sheet.GetByLabel("Amount").FillAsync("7");
        await sheet.Press("Save");
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("7");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }).ClickAsync();
        await sheet.Press("Save");
        await Expect(page.GetByText("Nothing was changed.")).ToBeVisibleAsync();

        bodies.ShouldBe(["""{"amount":7}"""]);
        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }).ClickAsync();
        await sheet.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await Expect(page.Locator(".log")).ToContainTextAsync("counted Bolt: 7");
    }

    [Fact]
    public async Task Search_sort_and_filters_change_the_list_and_the_address_without_a_reload()
    {
        var page = await browsing.SignedIn();
        foreach (var (name, amount) in new[] { ("Étagère", "1"), ("Bolt", "30"), ("Nut", "20") })
            await page.Add(name, amount);
        await page.ReloadAsync();
        var loads = page.CountLoads();

        await page.GetByRole(AriaRole.Combobox).FillAsync("etag");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await page.Arrives("/?search=etag");
        await page.GetByRole(AriaRole.Combobox).FillAsync("zzz");
        await Expect(page.GetByText("No items found.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all items" }).ClickAsync();
        await Expect(page.Rows()).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Link, new() { Name = "Amount" }).ClickAsync();
        await Expect(page.Rows().First).ToContainTextAsync("Étagère");
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Amount" }))
            .ToHaveAttributeAsync("aria-sort", "ascending");
        await page.GetByRole(AriaRole.Link, new() { Name = "Amount" }).ClickAsync();
        await Expect(page.Rows().First).ToContainTextAsync("Bolt");
        await page.GetByRole(AriaRole.Link, new() { Name = "Low stock" }).ClickAsync();
        await Expect(page.Rows()).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await Expect(page.Rows()).ToHaveCountAsync(3);
        loads().ShouldBe(0);
    }

    /// <summary>
    /// The first response is slow and the second response is fast. The late first response must not replace the second.
    /// </summary>
    [Fact]
    public async Task The_newest_answer_wins()
    {
        var page = await browsing.SignedIn();
        foreach (var name in new[] { "Bolt", "Nut" }) await page.Add(name, "1");
        var (late, arrived) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/?search=bol", async route =>
        {
            var answer = await route.FetchAsync();
            await late.Task;
            await route.FulfillAsync(new() { Response = answer });
            arrived.SetResult();
        });

        await page.RunAndWaitForRequestAsync(
            () => page.GetByRole(AriaRole.Combobox).FillAsync("bol"), "**/?search=bol");
        await page.GetByRole(AriaRole.Combobox).FillAsync("nut");
        await Expect(page.Rows()).ToContainTextAsync(["Nut"]);
        await Expect(page.Rows()).ToHaveCountAsync(1);
        late.SetResult();
        await arrived.Task.Soon();
        await page.TakesIn();

        await Expect(page.Rows()).ToHaveCountAsync(1);
        await Expect(page.Rows()).ToContainTextAsync(["Nut"]);
    }

    [Fact]
    public async Task Scrolling_down_loads_more()
    {
        var page = await browsing.SignedIn();
        await page.EvaluateAsync(
            """
            async () => {
              const token = document.cookie.match(/csrftoken=([^;]*)/)[1];
              for (let n = 100; n < 220; n++)
                await fetch("/api/items", { method: "POST", body: JSON.stringify({ name: `Item ${n}` }),
                  headers: { "Content-Type": "application/json", "X-CSRFToken": token } });
            }
            """);
        await page.GotoAsync("/");
        await Expect(page.Rows()).ToHaveCountAsync(50);

        for (var rows = 100; rows <= 120; rows += 20)
        {
            await page.Locator("[data-more]").ScrollIntoViewIfNeededAsync();
            await Expect(page.Rows()).ToHaveCountAsync(rows);
        }
        await Expect(page.Locator("[data-more]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_done_without_a_connection_is_said_to_wait_and_done_once_when_it_is_back()
    {
        var (page, ana) = await browsing.AtList("Bolt");
        await page.Context.SetOfflineAsync(true);
        await page.Row("Bolt").Press("Take one");
        await Expect(page.GetByText("Saved on this device.")).ToBeVisibleAsync();
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("9");
        await Expect(page.Locator("tr.pending")).ToHaveCountAsync(1);
        await page.Context.SetOfflineAsync(false);
        await page.Row("Bolt").GetByRole(AriaRole.Button, new() { Name = "Take one" }).DblClickAsync();

        await Expect(page.Amount("Bolt")).ToHaveTextAsync("7");
        await Expect(page.Locator("tr.pending")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("7");
        (await ana.Item(ana.Known)).Integer("amount").ShouldBe(7);
    }

    [Fact]
    public async Task Everything_on_the_list_works_by_keyboard()
    {
        var page = await browsing.SignedIn();
        await page.Keyboard.PressAsync("n");
        await Expect(page.Locator("#create").GetByLabel("Name")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Bolt");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Row("Bolt")).ToBeVisibleAsync();
        await Expect(page.Locator("#create")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#create")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#create")).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Add item" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#sheet")).ToBeVisibleAsync();
    }
}
