using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests.Items;

public sealed class SuggestTests(Browsing browsing)
{
    [Fact]
    public async Task Names_are_offered_chosen_by_keyboard_or_pointer_and_known_the_second_time()
    {
        var (page, _) = await browsing.AtList("Bolt M6", "Bolt M8", "<b>Bolt</b>", "Nut");
        var asked = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/api/autocomplete")) asked.Add(request.Url);
        };
        var box = page.GetByRole(AriaRole.Combobox);
        var options = page.GetByRole(AriaRole.Option);

        await box.PressSequentiallyAsync("bol");
        await Expect(options).ToHaveCountAsync(3);
        await Expect(options.Filter(new() { HasText = "<b>Bolt</b>" })).ToHaveCountAsync(1);
        await Expect(options.First.Locator("mark")).ToHaveTextAsync("Bol");
        await box.PressAsync("ArrowDown");
        await Expect(box).ToHaveAttributeAsync("aria-activedescendant", "suggestion-0");
        await Expect(options.First).ToHaveAttributeAsync("aria-selected", "true");
        var first = await options.First.InnerTextAsync();
        await box.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync(first);
        await Expect(page.Rows()).ToHaveCountAsync(1);
        asked.Count.ShouldBe(1, "one question for all that was typed at a stretch");

        await box.FillAsync("bol");
        await Expect(options).ToHaveCountAsync(3);
        asked.Count.ShouldBe(1);
        await box.PressAsync("Escape");
        await Expect(options).ToHaveCountAsync(0);
        await Expect(box).ToHaveValueAsync("bol");

        // If the search is submitted before the suggestions arrive, the page shows no suggestions.
        await box.FillAsync("nu");
        await box.PressAsync("Enter");
        await Expect(page.Rows()).ToHaveCountAsync(1);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await Expect(options).ToHaveCountAsync(0);
    }
}
