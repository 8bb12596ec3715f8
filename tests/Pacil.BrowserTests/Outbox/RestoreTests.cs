using Pacil.BrowserTests.Support;
using Pacil.Tests.Support;

namespace Pacil.BrowserTests.Outbox;

/// <summary>A backup is restored while pages are open. The open pages then show the restored data.</summary>
public sealed class RestoreTests(Browsing browsing)
{
    [Fact]
    public async Task Open_pages_show_what_was_restored_and_what_comes_after_it()
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        await using var pacil = await PacilProcess.Start(place.Folder, [.. place.Options, "--limits", "off"]);
        var list = await browsing.Window(address: pacil.Address);
        var ana = await browsing.SignInOn(list, await pacil.SignIn("ana"));
        var (bolt, nut) = (await ana.CreateItem("Bolt", 10), await ana.CreateItem("Nut", 5));
        var file = Path.Combine(place.Folder, "monday.backup");
        (await PacilProcess.Command("", ["backup", file, "--data", place.Folder])).Code.ShouldBe(0);
        var (item, edited) = (await Open(list, $"/items/{bolt}"), await Open(list, $"/items/{nut}"));
        await list.Live();
        await ana.Post($"/api/items/{bolt}/movements", new { delta = 96 });
        await ana.Patch($"/api/items/{bolt}", new { name = "Bolt of the lost day" });
        await ana.CreateItem("Lost thing", 1);
        await ana.Delete($"/api/items/{nut}");
        await ana.Post($"/api/items/{nut}/restore");
        await Expect(list.Row("Bolt of the lost day")).ToContainTextAsync("106");
        await Expect(item.GetByRole(AriaRole.Heading, new() { Name = "Bolt of the lost day" })).ToBeVisibleAsync();
        await edited.Locator("form[data-item]").GetByLabel("Description").FillAsync("Typed before");

        (await pacil.Terminate()).ShouldBe(0);
        (await PacilProcess.Command("", ["restore", file, "--data", place.Folder])).Code.ShouldBe(0);
        await pacil.Restart();

        await Expect(list.Locator("tbody tr")).ToHaveCountAsync(2, new() { Timeout = 15_000 });
        await Expect(list.Row("Bolt")).ToContainTextAsync("10");
        await Expect(item.GetByRole(AriaRole.Heading, new() { Name = "Bolt", Exact = true }))
            .ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Expect(item.Locator(".stock [data-amount]")).ToHaveTextAsync("10");
        await ana.Post($"/api/items/{bolt}/movements", new { delta = 3 });
        await ana.Post($"/api/items/{nut}/movements", new { delta = 1 });
        await Expect(list.Row("Bolt")).ToContainTextAsync("13");
        await Expect(list.Locator("[data-counts]")).ToContainTextAsync("19");
        await Expect(item.Locator(".stock [data-amount]")).ToHaveTextAsync("13");
        var form = edited.Locator("form[data-item]");
        await Expect(form.GetByLabel("Amount")).ToHaveValueAsync("6", new() { Timeout = 15_000 });
        await Expect(form.GetByLabel("Description")).ToHaveValueAsync("Typed before");
    }

    private static async Task<IPage> Open(IPage page, string path)
    {
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(path);
        await other.Live();
        return other;
    }
}
