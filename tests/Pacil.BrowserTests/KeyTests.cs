using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests;

/// <summary>Key presses on non-English keyboards and with input methods.</summary>
public sealed class KeyTests(Browsing browsing)
{
    /// <summary>
    /// The event properties by which browsers mark a key press that an input method handles. Safari uses the last
    /// combination for the Enter that ends a composition.
    /// </summary>
    private static readonly string[] Composing =
        ["isComposing: true", "isComposing: true, keyCode: 229", "keyCode: 229"];

    [Theory]
    [InlineData("т", "KeyN", "")]
    [InlineData("Т", "KeyN", "")]
    [InlineData("ν", "KeyN", "")]
    [InlineData("מ", "KeyN", "")]
    [InlineData("ى", "KeyN", "")]
    [InlineData("N", "KeyN", "")]
    [InlineData("n", "KeyL", "")]
    public async Task A_new_item_is_begun_whatever_the_layout(string key, string code, string also)
    {
        var (page, _) = await browsing.AtList("Bolt");
        await Press(page, "body", key, code, also);
        await Expect(page.Locator("#create")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("b", "KeyN", "")]
    [InlineData("ñ", "KeyN", "")]
    [InlineData("т", "KeyN", "ctrlKey: true")]
    [InlineData("т", "KeyN", "metaKey: true")]
    [InlineData("ь", "KeyM", "")]
    [InlineData("т", "KeyN", "isComposing: true")]
    [InlineData("n", "KeyN", "keyCode: 229")]
    public async Task Other_keys_begin_none(string key, string code, string also)
    {
        var (page, _) = await browsing.AtList("Bolt");
        await Press(page, "body", key, code, also);
        await Press(page, "body", "?", "Slash", "shiftKey: true");
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(1);
        await Expect(page.Locator("#keys")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_row_is_starred_and_chosen_by_letters_of_other_scripts()
    {
        var (page, _) = await browsing.AtList("Bolt");
        var row = page.Row("Bolt");
        foreach (var (star, choose) in new[] { ("ы", "ч"), ("σ", "χ"), ("ד", "ס") })
        {
            await Press(page, "tbody [data-name]", star, "KeyS");
            await Expect(row.Locator("[name=star]")).ToHaveAttributeAsync("aria-pressed", "true");
            await Press(page, "tbody [data-name]", choose, "KeyX");
            await Expect(row.Locator("[name=ids]")).ToBeCheckedAsync();
            foreach (var (key, code) in new[] { (star, "KeyS"), (choose, "KeyX") })
                await Press(page, "tbody [data-name]", key, code);
            await Expect(row.Locator("[name=ids]")).Not.ToBeCheckedAsync();
        }
        // The page uses the position of a key only if the key types a letter that is not Latin. The German "ß" is Latin
        // and lies on the key "Minus", but it must not act as a minus.
        await Press(page, "tbody [data-name]", "ß", "Minus");
        await Press(page, "tbody [data-name]", "-", "Slash");
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("9");
    }

    [Fact]
    public async Task Keys_of_an_input_method_send_and_choose_and_close_nothing()
    {
        var (page, ana) = await browsing.AtList("Bolt M6", "Bolt M8");
        var box = page.GetByRole(AriaRole.Combobox);
        await box.FillAsync("bol");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        foreach (var composing in Composing)
            foreach (var key in new[] { "ArrowDown", "Enter", "Escape" })
                await Press(page, "[data-suggest]", key, key, composing);
        await Expect(page.Locator("[role=option][aria-selected=true]")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await Press(page, "[data-suggest]", "ArrowDown", "ArrowDown");
        await Press(page, "[data-suggest]", "Enter", "Enter", "keyCode: 229");
        await Expect(box).ToHaveValueAsync("bol");

        await page.GotoAsync($"/items/{ana.Known}?tab=chat");
        await page.Live();
        await page.Locator("#say").FillAsync("にほん");
        foreach (var composing in Composing) await Press(page, "#say", "Enter", "Enter", composing);
        await Press(page, "#say", "Enter", "Enter", "shiftKey: true");
        await Press(page, "#say", "Enter", "Enter");
        await Expect(page.Locator(".said li")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await page.Locator(".said textarea").FillAsync("日本");
        foreach (var composing in Composing)
            foreach (var key in new[] { "Enter", "Escape" }) await Press(page, ".said textarea", key, key, composing);
        await Expect(page.Locator(".said textarea")).ToHaveValueAsync("日本");
        await Press(page, ".said textarea", "Enter", "Enter");
        await Expect(page.Locator(".said [data-text]")).ToHaveTextAsync("日本");
        (await ana.Get($"/api/rooms/item:{ana.Known}/messages")).Json.GetArrayLength().ShouldBe(1);
    }

    /// <summary>
    /// Dispatches the keyboard events of one key press. First moves the focus to the target, if the target can have the
    /// focus.
    /// </summary>
    private static async Task Press(IPage page, string target, string key, string code, string also = "") =>
        await page.EvaluateAsync(
            $$"""
            ([target, key, code]) => {
              const element = document.querySelector(target);
              element.focus();
              element.dispatchEvent(new KeyboardEvent("keydown", {
                bubbles: true, cancelable: true, key, code, {{also}}
              }));
            }
            """, new[] { target, key, code });
}
