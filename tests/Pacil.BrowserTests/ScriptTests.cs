using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests;

/// <summary>Pages load one bundled script. If the build has no bundle, pages load the separate modules.</summary>
public sealed class ScriptTests(Browsing browsing)
{
    [Fact]
    public async Task A_first_visit_asks_for_eight_things_at_most()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("PACIL_DLL") is null, "No release: publish one, or run bin/test.");
        var page = await browsing.Window();
        await Browsing.SignIn(page, await browsing.NewPerson());
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);

        await page.GotoAsync("/");
        await page.Live();

        asked.Count.ShouldBeLessThanOrEqualTo(8, string.Join(' ', asked));
        asked.Count(path => path.EndsWith(".js", StringComparison.Ordinal)).ShouldBe(2, string.Join(' ', asked));
        await Expect(page.Locator("script[type=importmap]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Modules_do_the_same()
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        await using var pacil = await PacilProcess.StartBuilt(place.Folder);
        var page = await browsing.Window(address: pacil.Address);
        var person = await pacil.SignIn("ana");
        await Browsing.SignIn(page, person);

        await page.GotoAsync("/");
        await page.Live();
        await page.Add("Bolt", "5");
        await person.CreateItem("Nut", 3);

        await Expect(page.Amount("Nut")).ToHaveTextAsync("3");
        await Expect(page.Locator("script[type=importmap]")).ToHaveCountAsync(1);
    }
}
