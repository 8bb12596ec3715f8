using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.BrowserTests;

/// <summary>The list is what its address says, while others work and wherever one is in it.</summary>
public sealed class ListTests(Browsing browsing)
{
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
}
