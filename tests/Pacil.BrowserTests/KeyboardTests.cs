using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests;

/// <summary>
/// Common tasks without a mouse: Tab reaches every control, each control shows when it has the focus, and a key
/// activates it.
/// </summary>
public sealed class KeyboardTests(Browsing browsing)
{
    private const int StepsMax = 150;

    [Fact]
    public async Task Items_are_added_found_moved_starred_chosen_changed_and_brought_back()
    {
        var page = await SignIn();
        foreach (var (name, amount) in new[] { ("Bolt", "30"), ("Nut", "20"), ("Saw", "2") })
        {
            await page.Keyboard.PressAsync("n");
            await page.Keyboard.TypeAsync(name);
            await Reach(page, page.Locator("#create").GetByLabel("Amount"));
            await page.Keyboard.TypeAsync(amount);
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator("#create")).ToBeHiddenAsync();
            await Expect(page.Row(name)).ToBeVisibleAsync();
        }

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("bo");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#list tbody tr")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.PressAsync("Delete");
        await Expect(page.Locator("#list tbody tr")).ToHaveCountAsync(3);
        await Press(page, page.GetByRole(AriaRole.Link, new() { Name = "Amount" }));
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Amount" }))
            .ToHaveAttributeAsync("aria-sort", "ascending");

        await Reach(page, page.GetByRole(AriaRole.Link, new() { Name = "Saw" }));
        foreach (var key in new[] { "+", "s", "x", "ArrowDown", "-", "x" }) await page.Keyboard.PressAsync(key);
        await Expect(Amount(page, "Saw")).ToHaveTextAsync("3");
        await Expect(Amount(page, "Nut")).ToHaveTextAsync("19");
        await Expect(page.Row("Saw").Locator("[name=star]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator("[data-chosen]")).ToHaveTextAsync("2 selected");
        await Reach(page, page.Locator("#bulk").GetByLabel("How many"));
        await page.Keyboard.TypeAsync("2");
        await page.Keyboard.PressAsync("Enter");
        var preview = page.Locator("#bulk-preview");
        await Expect(preview).ToContainTextAsync("Take 2 of each of these 2 items?");
        await Press(page, preview.GetByRole(AriaRole.Button, new() { Name = "Change them" }));
        await Expect(Amount(page, "Saw")).ToHaveTextAsync("1");
        await Press(page, page.Locator("#toasts").GetByRole(AriaRole.Button, new() { Name = "Undo" }));
        await Expect(Amount(page, "Nut")).ToHaveTextAsync("19");
        await Expect(Amount(page, "Saw")).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task An_item_is_opened_discussed_changed_and_left_where_one_was()
    {
        var page = await SignIn();
        await page.Add("Bolt", "30");
        var (link, sheet) = (page.GetByRole(AriaRole.Link, new() { Name = "Bolt" }), page.Locator("#sheet"));
        await Press(page, link);
        await Expect(sheet).ToBeVisibleAsync();
        await Press(page, sheet.GetByRole(AriaRole.Link, new() { Name = "Discussion" }));
        await Reach(page, sheet.Locator("[data-say] textarea"));
        await page.Keyboard.TypeAsync("Rusty");
        await page.Keyboard.PressAsync("Enter");
        await Expect(sheet.Locator(".said [data-text]")).ToHaveTextAsync("Rusty");
        await Press(page, sheet.GetByRole(AriaRole.Link, new() { Name = "Edit" }));
        await page.Keyboard.TypeAsync(", all of them");
        await page.Keyboard.PressAsync("Enter");
        await Expect(sheet.Locator(".said [data-text]")).ToHaveTextAsync("Rusty, all of them");
        await Press(page, sheet.GetByRole(AriaRole.Link, new() { Name = "History" }));
        await Expect(sheet.Locator(".log li")).ToHaveCountAsync(1);
        await Press(page, sheet.GetByRole(AriaRole.Link, new() { Name = "Details" }));
        await Reach(page, sheet.GetByLabel("Description"));
        await page.Keyboard.TypeAsync("Stainless");
        await Press(page, sheet.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await Expect(sheet).ToBeHiddenAsync();
        await Expect(page.Row("Bolt")).ToContainTextAsync("Stainless");
        await Expect(link).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(sheet).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToBeHiddenAsync();
        await Expect(link).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Rooms_workspaces_members_tokens_and_signing_out()
    {
        var page = await SignIn();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();

        await Press(page, page.GetByRole(AriaRole.Link, new() { Name = "Chat" }));
        await page.Arrives("/chat");
        await Press(page, page.GetByText("New room"));
        await Reach(page, page.GetByLabel("Name"));
        await page.Keyboard.TypeAsync("Garage");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Garage" })).ToBeVisibleAsync();

        await Press(page, page.GetByRole(AriaRole.Link, new() { Name = "switch workspace" }));
        await page.Arrives("/workspaces");
        await Reach(page, page.GetByLabel("Name"));
        await page.Keyboard.TypeAsync("Robot club");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Robot club" })).ToBeVisibleAsync();
        await Press(page, page.GetByRole(AriaRole.Link, new() { Name = "Members", Exact = true }));
        await Press(page, page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }));
        await Reach(page, page.GetByLabel("The invitation link."));

        await Press(page, page.GetByRole(AriaRole.Link, new() { Name = "Settings" }));
        await Reach(page, page.GetByLabel("Name", new() { Exact = true }));
        await page.Keyboard.TypeAsync("Scanner");
        await page.Keyboard.PressAsync("Enter");
        await Reach(page, page.GetByLabel("The token for Scanner"));
        await Press(page, page.GetByRole(AriaRole.Link, new() { Name = "Sign out" }));
        await Press(page, page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }));
        await page.Arrives("/login");
    }

    private async Task<IPage> SignIn()
    {
        var page = await browsing.Window();
        var person = await browsing.NewPerson();
        await page.GotoAsync("/login");
        await Reach(page, page.GetByLabel("User name"));
        await page.Keyboard.TypeAsync(person.Name);
        await Reach(page, page.GetByLabel("Password"));
        await page.Keyboard.TypeAsync(TestApp.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Arrives("/");
        await Expect(page.Locator("[data-live]")).ToHaveTextAsync("live");
        return page;
    }

    private static ILocator Amount(IPage page, string name) => page.Row(name).Locator("[data-amount]");

    private static async Task Press(IPage page, ILocator control)
    {
        await Reach(page, control);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>
    /// Moves the focus to the control by pressing only Tab, and checks that the control then has a visible outline.
    /// </summary>
    private static async Task Reach(IPage page, ILocator control)
    {
        await Expect(control).ToBeVisibleAsync();
        for (var step = 0; !await control.EvaluateAsync<bool>("(element) => element === document.activeElement");
            step++)
        {
            step.ShouldBeLessThan(StepsMax, $"Tab does not reach {control}");
            await page.Keyboard.PressAsync("Tab");
        }
        (await control.EvaluateAsync<string>("(element) => getComputedStyle(element).outlineStyle"))
            .ShouldBe("solid", $"{control}");
    }
}
