using Pacil.BrowserTests.Support;

namespace Pacil.BrowserTests.Outbox;

public sealed class OfflineTests(Browsing browsing)
{
    [Theory]
    [InlineData(Fault.Busy)]
    [InlineData(Fault.Lost)]
    internal async Task A_list_opens_as_it_was_seen_whether_nobody_answers_or_a_proxy_in_the_servers_place(Fault fault)
    {
        await using var network = await Network.To(browsing.Address);
        var page = await browsing.Window(address: network.Address);
        var ana = await browsing.SignInOn(page);
        await ana.CreateItem("Bolt", 5);
        await page.Keeps("/");

        network.Fate = _ => fault;
        await page.GotoAsync("/");
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("5");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?tab=history")]
    public async Task An_item_whose_page_was_never_seen_leads_to_its_list(string tab)
    {
        await using var network = await Network.To(browsing.Address);
        var page = await browsing.Window(address: network.Address);
        var ana = await browsing.SignInOn(page);
        var bolt = await ana.CreateItem("Bolt", 5);
        await page.Keeps("/");

        network.Fate = _ => Fault.Lost;
        await page.GotoAsync($"/items/{bolt}{tab}");
        await page.Arrives("/");
        await Expect(page.Amount("Bolt")).ToHaveTextAsync("5");
    }
}
