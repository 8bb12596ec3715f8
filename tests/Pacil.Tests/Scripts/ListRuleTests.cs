using System.Text.Json.Nodes;
using Pacil.Tests.Golden;
using Pacil.Tests.Support;

namespace Pacil.Tests.Scripts;

/// <summary>
/// The order and the filters of the list of items. A test in tests/scripts lets the scripts sort and filter the same
/// items.
/// </summary>
public sealed class ListRuleTests
{
    private static readonly (string Name, string Description, long Amount, long? Threshold)[] Items =
    [
        ("Bolt M10", "steel, 80 mm", 5, 5), ("bolt M2", "", 5, 4), ("Bölt M2", "brass", 0, 0), ("Étagère", "", 1, null),
        ("etagere 2", "grey 0", 12, 20), ("東京都 地図", "", 7, null), ("Ångström", "0", 7, 6), ("zebra", "bolt", 3, 3),
        ("10 mm", "", 1000, 1), ("2 mm", "", 999, null), ("ไม้", "🔋🔧", 2, 9), ("bolt  m", "", 5, null),
        ("M", "0.5", 4, 2),
    ];

    private static readonly int[] Starred = [1, 4, 7, 10];

    private static readonly string[] Sorts = ["created", "-created", "name", "-name", "amount", "-amount"];

    private static readonly string[] Searches =
    [
        "bolt", "bolt m", "BÖLT 2", "m", "0", "olt", "m8", "都", "東京", "🔧", "ไม", "steel 80", "bo\u0001lt", "\u0301",
        " ", "a", "etag", "false", "2 mm", "bolt\u3000m2",
    ];

    [Theory, Databases]
    public async Task Items_are_sorted_and_filtered_as_in_the_scripts(TestDatabase database)
    {
        var ana = await (await TestApp.On(database)).SignIn();
        var ids = new List<long>();
        foreach (var (name, description, amount, threshold) in Items)
        {
            var created = await ana.Post("/api/items", new { name, description, amount, threshold });
            ids.Add(created.Json.GetProperty("id").GetInt64());
        }
        foreach (var n in Starred) (await ana.Put($"/api/items/{ids[n]}/star", new { })).Status.ShouldBe(200);

        GoldenFile.ShouldMatch("scripts/list.json", new JsonObject
        {
            ["items"] = new JsonArray([.. Items.Select((item, n) => new JsonObject
            {
                ["id"] = n,
                ["name"] = item.Name,
                ["description"] = item.Description,
                ["amount"] = item.Amount,
                ["threshold"] = item.Threshold,
                ["starred"] = Starred.Contains(n),
            })]),
            ["sorts"] = await Listed("sort", Sorts),
            ["filters"] = new JsonObject
            {
                ["search"] = await Listed("search", Searches),
                ["low"] = await Listed("low", ["true", "false"]),
                ["starred"] = await Listed("starred", ["true", ""]),
            },
        });

        async Task<JsonObject> Listed(string parameter, string[] values)
        {
            var listed = new JsonObject();
            foreach (var value in values)
            {
                var reply = await ana.Get($"/api/items?limit=100&{parameter}={Uri.EscapeDataString(value)}");
                reply.Status.ShouldBe(200, reply.Text);
                listed[value] = new JsonArray([.. reply.Json.EnumerateArray()
                    .Select(item => (JsonNode)ids.IndexOf(item.GetProperty("id").GetInt64()))]);
            }
            return listed;
        }
    }
}
