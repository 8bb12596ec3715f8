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
}
