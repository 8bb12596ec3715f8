using Pacil.BrowserTests.Support;
using Pacil.Workspaces;

namespace Pacil.BrowserTests.Items;

public sealed class ItemPageTests(Browsing browsing)
{
    [Fact]
    public async Task What_is_saved_there_is_no_draft_any_more_and_the_page_stays()
    {
        var (page, ana) = await browsing.AtList("Drill");
        await page.GotoAsync($"/items/{ana.Known}");
        var form = page.Locator("form[data-item]");
        await form.GetByLabel("Name").FillAsync("Drill, red");
        await Expect(form.Locator("[data-drafted]")).ToHaveTextAsync("Draft saved");
        await form.GetByLabel("Name").FillAsync("Drill, blue");
        var loads = page.CountLoads();
        await form.Press("Save");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Drill, blue" })).ToBeVisibleAsync();
        await Expect(page.Toasts()).ToContainTextAsync("saved");
        loads().ShouldBe(0);
        await form.GetByLabel("Unit").FillAsync("pcs");
        await form.Press("Save");
        await Waiting.Until(
            async () => (await ana.Item(ana.Known)).GetProperty("unit").GetString() == "pcs", "the rest is saved");

        await Waiting.Until(
            async () => (await ana.Get($"/api/drafts/item:{ana.Known}")).Status == 404, "the draft is gone");
        await page.ReloadAsync();
        await page.TakesIn();
        await Expect(form.GetByLabel("Name")).ToHaveValueAsync("Drill, blue");
        await Expect(form.Locator("[data-drafted]")).ToBeEmptyAsync();
        await page.Locator("form[data-movement]").GetByLabel("How many").FillAsync("3");
        await page.Locator("form[data-movement]").Press("Receive");
        await Expect(page.Locator(".stock [data-amount]")).ToHaveTextAsync("13");
        await Expect(page.Locator("form[data-movement]").GetByLabel("How many")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Without_a_network_what_one_does_there_is_kept_and_sent_later()
    {
        await using var network = await Network.To(browsing.Address);
        var page = await browsing.Window(address: network.Address);
        var ana = await browsing.SignInOn(page);
        var bolt = await ana.CreateItem("Bolt", 10);
        await page.Keeps($"/items/{bolt}");
        var form = page.Locator("form[data-item]");
        var movement = page.Locator("form[data-movement]");

        network.Fate = _ => Fault.Lost;
        await form.GetByLabel("Description").FillAsync("Steel");
        await form.Press("Save");
        await movement.GetByLabel("How many").FillAsync("3");
        await movement.Press("Take");
        await Waiting.Until(async () => await page.Unsent(ana) == 2, "both are kept");
        // "Archive" is a plain form. Without a connection, submitting a plain form shows the offline page.
        await page.Press("Archive");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No connection" })).ToBeVisibleAsync();
        network.Fate = _ => Fault.None;
        await page.GotoAsync($"/items/{bolt}");

        await Waiting.Until(async () => await page.Unsent(ana) == 0, "both are sent");
        await Expect(page.Locator(".stock [data-amount]")).ToHaveTextAsync("7");
        await Expect(form.GetByLabel("Description")).ToHaveValueAsync("Steel");
        var saved = await ana.Item(bolt);
        (saved.GetProperty("description").GetString(), saved.GetProperty("amount").GetInt64()).ShouldBe(("Steel", 7));
        saved.GetProperty("archived_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_draft_of_what_is_sent_without_a_network_does_not_come_back()
    {
        await using var network = await Network.To(browsing.Address);
        var page = await browsing.Window(address: network.Address);
        var ana = await browsing.SignInOn(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Add item" }).ClickAsync();
        var dialog = page.Locator("#create");
        await dialog.GetByLabel("Name").FillAsync("Drill");
        await Expect(dialog.Locator("[data-drafted]")).ToHaveTextAsync("Draft saved");
        network.Fate = _ => Fault.Lost;
        await dialog.Press("Add item");
        await Expect(dialog).ToBeHiddenAsync();
        network.Fate = _ => Fault.None;
        await page.EvaluateAsync("dispatchEvent(new Event('online'))");
        await Waiting.Until(async () => await page.Unsent(ana) == 0, "it is sent");

        await page.GetByRole(AriaRole.Link, new() { Name = "Add item" }).ClickAsync();
        await page.TakesIn();
        await Expect(dialog.GetByLabel("Name")).ToHaveValueAsync("");
        await Waiting.Until(
            async () => (await ana.Get("/api/drafts/create")).Status == 404, "the server knows it, too");
        (await ana.Get("/api/items")).Json.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Back_from_it_is_the_list_also_when_it_was_loaded_anew()
    {
        var (page, ana) = await browsing.AtList("Bolt");
        await page.GotoAsync("/?search=bolt");
        await page.Row("Bolt").GetByRole(AriaRole.Link).ClickAsync();
        await page.Arrives($"/items/{ana.Known}");
        await page.ReloadAsync();
        await page.TakesIn();
        await page.GoBackAsync();
        await page.Arrives("/?search=bolt");
        await Expect(page.Row("Bolt")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_may_only_look_sees_all_of_it_and_learns_when_that_changes()
    {
        var ana = await browsing.NewPerson();
        var lab = await ana.CreateWorkspace("Lab");
        var bolt = (await ana.Post($"/api/w/{lab}/items", new { name = "Bolt", amount = 10 }))
            .Json.GetProperty("id").GetInt64();
        await ana.Patch($"/api/w/{lab}/items/{bolt}", new { description = "Steel" });
        var page = await browsing.Window();
        var budi = await browsing.SignInOn(page);
        await ana.Admit(budi, Role.Viewer, lab);
        await page.GotoAsync($"/w/{lab}/items/{bolt}");
        await page.Live();
        var description = page.Locator("form[data-item]").GetByLabel("Description");
        await Expect(description).ToHaveValueAsync("Steel");
        await Expect(description).Not.ToBeEditableAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save" })).ToBeHiddenAsync();

        (await ana.Put($"/api/w/{lab}/members/{budi.Id}", new { role = "editor" })).Status.ShouldBe(200);
        await Expect(description).ToBeEditableAsync();
        await description.FillAsync("Brass");
        (await ana.Put($"/api/w/{lab}/members/{budi.Id}", new { role = "viewer" })).Status.ShouldBe(200);
        await Expect(page.Toasts()).ToContainTextAsync($"{ana.Name} changed your role here.");
        await Expect(description).Not.ToBeEditableAsync();
        await Expect(description).ToHaveValueAsync("Brass");

        (await ana.Patch($"/api/w/{lab}", new { name = "Workshop" })).Status.ShouldBe(200);
        await Expect(page.Locator(".where")).ToContainTextAsync("Workshop");
        (await ana.Delete($"/api/w/{lab}")).Status.ShouldBe(200);
        await Expect(page.Toasts()).ToContainTextAsync($"{ana.Name} closed this workspace.");
    }
}
