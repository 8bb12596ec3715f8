using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.BrowserTests;

/// <summary>
/// The browser scripts preserve the text direction of user input. Tests in Pacil.Tests check the pages that the server
/// renders.
/// </summary>
public sealed class DirectionTests(Browsing browsing)
{
    private const string Typed = "ברגים 10 x 20";

    /// <summary>
    /// Finds Hebrew text that is not isolated from the text around it. Text is isolated if it stands between Unicode
    /// isolate characters, or in a right-to-left element that is a <c>bdi</c> or has <c>dir=auto</c>. Also finds fields
    /// that begin with a Hebrew letter but are not right-to-left.
    /// </summary>
    private const string Loose =
        """
        () => {
          const found = [];
          const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
          for (let text; (text = walker.nextNode()); ) {
            if (!/[א-ת]/.test(text.data.replace(/\u2068[^\u2068\u2069]*\u2069/g, ""))) continue;
            const element = text.parentElement.closest("bdi, [dir=auto]");
            if (!element || getComputedStyle(element).direction !== "rtl") found.push(text.parentElement.outerHTML);
          }
          for (const field of document.querySelectorAll("input, textarea"))
            if (/^[א-ת]/.test(field.value) && field.type !== "hidden"
              && getComputedStyle(field).direction !== "rtl") found.push(field.outerHTML);
          return found;
        }
        """;

    [Fact]
    public async Task What_others_do_turns_nothing_beside_it()
    {
        var (page, ana, budi, lab, bolt) = await InLab();
        var (items, path) = ($"/api/w/{lab}/items", $"/w/{lab}");
        var watching = await Elsewhere(page, $"{path}/activity");
        var talking = await Elsewhere(page, $"{path}/chat");
        var nut = (await budi.Post(items, new { name = $"{Typed} M5", description = Typed })).Json.Integer("id");
        await budi.Post($"{items}/{bolt}/movements", new { delta = -2, note = Typed });
        await Expect(page.Locator($"#item-{bolt} [data-told]")).ToContainTextAsync("דנה");
        await Expect(page.Locator($"#item-{bolt} [data-by]")).ToContainTextAsync("דנה");
        await Check(page);
        await budi.Patch($"{items}/{nut}", new { name = $"{Typed} M6" });
        await Expect(page.Row("M6")).ToBeVisibleAsync();
        await budi.Post($"/api/w/{lab}/rooms/lobby/messages", new { text = Typed });
        await Expect(talking.Locator(".said li")).ToHaveCountAsync(1);
        await Expect(watching.Locator(".log")).ToContainTextAsync("M6");
        await budi.Post($"/api/w/{lab}/rooms", new { name = Typed });
        await Expect(talking.Locator("[data-rooms] li")).ToHaveCountAsync(2);
        await ana.Patch($"/api/w/{lab}", new { name = $"{Typed} M9" });
        await Expect(page.Locator("h1")).ToContainTextAsync("M9");
        (await page.TitleAsync()).ShouldContain("M9");
        foreach (var shown in new[] { page, watching, talking }) await Check(shown);
    }

    [Fact]
    public async Task What_is_offered_asked_and_said_turns_nothing_beside_it()
    {
        var (page, _, budi, lab, bolt) = await InLab();
        await page.GetByRole(AriaRole.Combobox).FillAsync("ברגים");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await Check(page);
        await page.GetByRole(AriaRole.Combobox).FillAsync("");
        await page.Row(Typed).Press("Receive one");
        await Expect(page.Toasts()).ToContainTextAsync(Typed);
        await page.Row(Typed).Locator("[name=ids]").CheckAsync();
        await page.Locator("#bulk [name=value]").FillAsync("99");
        await page.Locator("#bulk .primary").ClickAsync();
        await Expect(page.Locator("#bulk-preview [data-refused]")).ToContainTextAsync(Typed);
        await Check(page);
        await page.Keyboard.PressAsync("Escape");

        await page.Row(Typed).Locator("[data-name]").ClickAsync();
        var sheet = page.Locator("#sheet");
        await sheet.GetByLabel("Name").FillAsync($"{Typed} M7");
        await budi.Patch($"/api/w/{lab}/items/{bolt}", new { name = $"{Typed} M8" });
        await Expect(sheet.Locator("[data-error-for=name]")).ToContainTextAsync("M8");
        await Check(page);
        await page.Keyboard.PressAsync("Escape");

        await page.RouteAsync("**/movements", route => route.AbortAsync());
        await page.Row(Typed).Press("Receive one");
        await page.Locator("[data-outbox]").ClickAsync();
        await Expect(page.Locator("#outbox")).ToContainTextAsync(Typed);
        await Check(page);
    }

    /// <summary>Opens the list of a workspace with one item and two members.</summary>
    private async Task<(IPage Page, Person Ana, Person Budi, long Lab, long Bolt)> InLab()
    {
        var page = await browsing.Window();
        var ana = await browsing.SignInOn(page);
        var budi = await browsing.NewPerson();
        (await budi.Patch("/api/me", new { username = $"דנה{budi.Id}" })).Status.ShouldBe(200);
        var lab = await ana.CreateWorkspace(Typed);
        await ana.Admit(budi, Role.Editor, lab);
        var bolt = (await ana.Post($"/api/w/{lab}/items", new { name = Typed, amount = 30, unit = "יח" }))
            .Json.Integer("id");
        await page.GotoAsync($"/w/{lab}/");
        await page.Live();
        return (page, ana, budi, lab, bolt);
    }

    private static async Task<IPage> Elsewhere(IPage page, string address)
    {
        var tab = await page.Context.NewPageAsync();
        await tab.GotoAsync(address);
        await tab.Live();
        return tab;
    }

    private static async Task Check(IPage page) => (await page.EvaluateAsync<string[]>(Loose)).ShouldBeEmpty();
}
