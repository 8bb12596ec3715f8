using Pacil.Tests.Notifications;
using Pacil.Tests.Support;

namespace Pacil.Tests.Items.Stock;

/// <summary>Tests for each cause of low stock that the feed reports the low stock.</summary>
public sealed class LowStockTests
{
    private int known;

    [Theory, Databases]
    public async Task What_comes_into_being_or_comes_back_low_is_told_like_what_becomes_so(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var bolt = (await ana.Post("/api/items", new { name = "Bolt", amount = 2, threshold = 3 }))
            .Json.GetProperty("id").GetInt64();
        (await Told(app, ana)).ShouldBe(["item_created", "stock_low"]);
        await ana.Move(bolt, 5);
        await ana.Move(bolt, -6);
        (await Told(app, ana)).ShouldBe(["stock_moved", "stock_recovered", "stock_moved", "stock_low"]);

        await ana.Delete($"/api/items/{bolt}");
        await ana.Post($"/api/items/{bolt}/restore");
        (await Told(app, ana)).ShouldBe(["item_archived", "item_restored", "stock_low"]);

        // The feed reports neither the Nut, which has no threshold, nor the Washer, which has enough stock.
        var nut = await ana.CreateItem("Nut", 7);
        await ana.Post("/api/items", new { name = "Washer", amount = 4, threshold = 3 });
        var archived = await ana.Post(
            "/api/items/bulk", new { ids = new[] { bolt, nut }, change = new { archived = true } });
        await ana.Post($"/api/entries/{archived.Header("Feed-Seq")}/undo");
        (await Told(app, ana)).ShouldBe(
            ["item_created", "item_created", "item_archived", "item_archived", "item_restored", "item_restored",
                "stock_low"], ignoreOrder: true);
    }

    /// <summary>The kinds of the entries that were written since the previous call of this method.</summary>
    private async Task<List<string>> Told(TestApp app, Person person)
    {
        var kinds = (await app.Entries(person.Workspace)).ConvertAll(entry => entry.Kind);
        var since = kinds[known..];
        known = kinds.Count;
        return since;
    }
}
