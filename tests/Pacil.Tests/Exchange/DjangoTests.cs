using System.Text;
using System.Xml.Linq;
using Pacil.Tests.Support;

namespace Pacil.Tests.Exchange;

/// <summary>
/// Pacil's exports match golden files that Django 3.2's own serializers wrote for items 1 and 2 of user 7.
/// </summary>
public sealed class DjangoTests
{
    [Theory]
    [InlineData(TestDatabase.Sqlite, "json", "application/json")]
    [InlineData(TestDatabase.Sqlite, "xml", "application/xml")]
    public async Task All_items_read_exactly_as_django_writes_them(TestDatabase database, string format, string type)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var first = await Create(ana, "Étagère \"wall\" <80 cm> & more", 2, "line one\nline two\ttab \u2028 \\ / 😀");
        var second = await Create(ana, "it's", 9007199254740991, "");

        var all = await ana.Get($"/{format}");

        all.ContentType.ShouldBe(type);
        var golden = await File.ReadAllTextAsync(
            $"Exchange/golden/django.{format}", Encoding.UTF8, TestContext.Current.CancellationToken);
        all.Text.ShouldBe(golden
            .Replace("\"pk\": 2,", $"\"pk\": {second},").Replace("\"pk\": 1,", $"\"pk\": {first},")
            .Replace("\"user\": 7", $"\"user\": {ana.Id}")
            .Replace("pk=\"2\"", $"pk=\"{second}\"").Replace("pk=\"1\"", $"pk=\"{first}\"")
            .Replace("\"auth.user\">7<", $"\"auth.user\">{ana.Id}<"));
    }

    [Theory, Databases]
    public async Task One_item_or_an_empty_list(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 3);

        (await ana.Get($"/json/{item}")).Text.ShouldBe(
            $$$"""[{"model": "main.item", "pk": {{{item}}}, "fields": """
            + $$$"""{"user": {{{ana.Id}}}, "name": "Bolt", "amount": 3, "description": ""}}]""");
        XDocument.Parse((await ana.Get($"/xml/{item}")).Text)
            .Root!.Element("object")!.Attribute("pk")!.Value.ShouldBe($"{item}");
        (await ana.Get("/json/999999")).Text.ShouldBe("[]");
        (await ana.Get("/xml/999999")).Text.ShouldBe(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<django-objects version=\"1.0\"></django-objects>");
    }

    [Theory, Databases]
    public async Task A_long_inventory_comes_whole_page_after_page(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await app.Fill(ana, 1203, n => $"Item {n}");

        var items = (await ana.Get("/json")).Json;

        items.GetArrayLength().ShouldBe(1203);
        items.EnumerateArray().Select(item => item.GetProperty("fields").GetProperty("name").GetString()).Distinct()
            .Count().ShouldBe(1203);
        XDocument.Parse((await ana.Get("/xml")).Text).Root!.Elements().Count().ShouldBe(1203);
    }

    private static async Task<long> Create(Person ana, string name, long amount, string description)
    {
        var reply = await ana.Post("/api/items", new { name, amount, description });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json.GetProperty("id").GetInt64();
    }
}
