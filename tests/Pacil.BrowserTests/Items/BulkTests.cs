using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.BrowserTests.Items;

public sealed class BulkTests(Browsing browsing)
{
    [Fact]
    public async Task A_range_is_chosen_and_taken_from_and_another_person_sees_it_live_and_one_undo_takes_it_back()
    {
        var (page, person) = await Things(5);
        var (other, budi) = (await browsing.Window(), (Person?)null);
        budi = await browsing.SignInOn(other);
        await person.Admit(budi, Role.Editor);
        await other.GotoAsync($"/w/{person.Workspace}/");
        await other.Live();
        await Expect(Bar(page)).ToBeHiddenAsync();

        await Box(page, "Thing 1").ClickAsync();
        await Box(page, "Thing 3").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(Bar(page)).ToContainTextAsync("3 selected");
        // A selected item stays selected while another person changes the item. An item that disappears from the list
        // is no longer selected.
        await budi.Post($"/api/w/{person.Workspace}/items/{person.Known}/movements", new { delta = 1 });
        await Expect(page.Amount("Thing 4")).ToHaveTextAsync("11");
        await Expect(Bar(page)).ToContainTextAsync("3 selected");
        await Box(page, "Thing 4").ClickAsync();
        await budi.Delete($"/api/w/{person.Workspace}/items/{person.Known}");
        await Expect(Bar(page)).ToContainTextAsync("3 selected");

        await Bar(page).GetByLabel("How many").FillAsync("2");
        await Bar(page).Press("Continue …");
        await Expect(Preview(page)).ToContainTextAsync("Take 2 of each of these 3 items?");
        await Expect(Preview(page)).ToContainTextAsync("Thing 1, Thing 2, Thing 3");
        await Preview(page).Press("Change them");
        foreach (var shown in new[] { page, other })
            foreach (var name in new[] { "Thing 1", "Thing 2", "Thing 3" })
                await Expect(shown.Amount(name)).ToHaveTextAsync("8");
        await Expect(other.Amount("Thing 0")).ToHaveTextAsync("10");
        await Expect(Bar(page)).ToBeHiddenAsync();
        await page.Toasts().Press("Undo");
        await Expect(page.Amount("Thing 2")).ToHaveTextAsync("10");
        await Expect(other.Amount("Thing 2")).ToHaveTextAsync("10");
    }

    [Fact]
    public async Task All_that_match_are_archived_and_what_cannot_be_done_is_told_before()
    {
        var (page, person) = await Things(60);
        await page.Locator("[data-pick-shown]").ClickAsync();
        await Expect(Bar(page)).ToContainTextAsync("50 selected");
        await Bar(page).GetByLabel("How many").FillAsync("11");
        await Bar(page).Press("Continue …");
        await Expect(Preview(page)).ToContainTextAsync("Thing 0 (only 10 in stock)");
        await Expect(Preview(page).GetByRole(AriaRole.Button, new() { Name = "Change them" })).ToBeHiddenAsync();
        await Preview(page).Press("Cancel");

        await Bar(page).GetByLabel("all 60 matching items").CheckAsync();
        await Bar(page).GetByLabel("Change").SelectOptionAsync("archive");
        await Bar(page).Press("Continue …");
        await Expect(Preview(page)).ToContainTextAsync("Archive 60 items?");
        // An item is added after the preview, so the dialog asks for confirmation again, with the new number of items.
        await person.CreateItem("One more");
        await Preview(page).Press("Change them");
        await Expect(Preview(page)).ToContainTextAsync("Archive 61 items?");
        await Preview(page).Press("Change them");
        await Expect(page.Locator("[data-counts]")).ToHaveTextAsync("0 items · 0 pieces · 0 low");
        await Expect(page.Rows()).ToHaveCountAsync(0);
        await page.Toasts().Press("Undo");
        await Expect(page.Locator("[data-counts]")).ToHaveTextAsync("61 items · 600 pieces · 0 low");
    }

    [Fact]
    public async Task By_keyboard_alone_it_is_chosen_as_well()
    {
        var (page, _) = await Things(4);
        await TabTo(Box(page, "Thing 0"));
        await page.Keyboard.PressAsync("Space");
        await TabTo(Box(page, "Thing 2"));
        await page.Keyboard.PressAsync("Shift+Space");
        await Expect(Bar(page)).ToContainTextAsync("3 selected");
        await TabTo(Bar(page).GetByLabel("How many"));
        await page.Keyboard.PressAsync("2");
        await TabTo(Bar(page).GetByRole(AriaRole.Button, new() { Name = "Continue …" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(Preview(page)).ToContainTextAsync("Take 2 of each of these 3 items?");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Preview(page)).ToBeHiddenAsync();
        foreach (var name in new[] { "Thing 0", "Thing 1", "Thing 2" })
            await Expect(page.Amount(name)).ToHaveTextAsync("8");
        await Expect(page.Amount("Thing 3")).ToHaveTextAsync("10");
        await Expect(Bar(page)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Without_scripts_the_boxes_lead_to_a_page_that_asks()
    {
        var page = await browsing.Window(scripts: false);
        var person = await browsing.SignInOn(page);
        foreach (var n in new[] { 0, 1, 2 }) person.Known = await person.CreateItem($"Thing {n}", 10);
        await page.GotoAsync("/?sort=name");
        await Box(page, "Thing 0").CheckAsync();
        await Box(page, "Thing 2").CheckAsync();
        await Bar(page).GetByLabel("How many").FillAsync("4");
        await Bar(page).Press("Continue …");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Take 4 of each of these 2 items?" }))
            .ToBeVisibleAsync();
        await page.Locator("main").Press("Change them");
        await page.Arrives("/");
        await Expect(page.Amount("Thing 0")).ToHaveTextAsync("6");
        await Expect(page.Amount("Thing 1")).ToHaveTextAsync("10");
        await page.Toasts().Press("Undo");
        await Expect(page.Amount("Thing 2")).ToHaveTextAsync("10");

        await Bar(page).GetByLabel("all 3 matching items").CheckAsync();
        await Bar(page).GetByLabel("Change").SelectOptionAsync("archive");
        await Bar(page).Press("Continue …");
        await person.CreateItem("One more");
        await page.Locator("main").Press("Change them");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the selection has changed");
        await page.GotoAsync("/?archived=true");
        await Bar(page).Press("Continue …");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Please fill this in");
    }

    /// <summary>Opens a list with that many items. Also returns the signed-in person as an HTTP client.</summary>
    private async Task<(IPage Page, Person Person)> Things(int count)
    {
        var (page, person) = await browsing.AtList(Enumerable.Range(0, count).Select(n => $"Thing {n}"));
        await page.GotoAsync("/?sort=created");
        await page.Live();
        return (page, person);
    }

    /// <summary>Moves the focus to the element by pressing only Tab.</summary>
    private static Task TabTo(ILocator place) => Waiting.Until(
        async () =>
        {
            await place.Page.Keyboard.PressAsync("Tab");
            return await place.EvaluateAsync<bool>("(element) => element === document.activeElement");
        },
        "the focus is there");

    private static ILocator Bar(IPage page) => page.Locator("#bulk");

    private static ILocator Preview(IPage page) => page.Locator("#bulk-preview");

    private static ILocator Box(IPage page, string name) => page.Row(name).GetByLabel("Select");
}
