using Pacil.Tests.Support;

namespace Pacil.Tests.Web.Requests;

/// <summary>
/// Forms accept the thousands separators that the page shows, and spaces as thousands separators. Forms refuse numbers
/// in other formats. The API accepts no thousands separators.
/// </summary>
public sealed class TypedNumberTests
{
    private static readonly string[] Refused =
        ["1,5", "1.5", "1e3", "+5", "1.0000", "1,0000", "1.00.000", ".000", "1..000", "1 00", "١٢", "５", "0x10", "−5",
            "1.000,00", "1,000.00", "1.000 000"];

    [Theory]
    [InlineData("en", "1,234,567", "1234567")]
    [InlineData("en", "1\u202f000", "1000")]
    [InlineData("en", "12 000", "12000")]
    [InlineData("en", "007", "7")]
    [InlineData("en", "1.000", null)]
    [InlineData("id", "1.234.567", "1234567")]
    [InlineData("id", "1\u00a0000", "1000")]
    [InlineData("id", " 5000 ", "5000")]
    [InlineData("id", "1,000", null)]
    public async Task An_amount_is_read_in_the_language_of_the_page(string language, string typed, string? read)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await Speaks(app, language);

        var made = await ana.SubmitForm("/create-item", ("name", "Bolt"), ("amount", typed), ("threshold", typed));
        made.Status.ShouldBe(read is null ? 422 : 303, made.Text);
        if (read is null)
            made.Text.ShouldContain($"value=\"{typed}\"", Case.Sensitive, "what was typed is still there");
        var items = (await ana.Get("/api/items")).Json;
        items.GetArrayLength().ShouldBe(read is null ? 0 : 1);
        if (read is null) return;
        (items[0].GetProperty("amount").GetRawText(), items[0].GetProperty("threshold").GetRawText())
            .ShouldBe((read, read));
    }

    [Theory, InlineData("en"), InlineData("id")]
    public async Task What_may_mean_another_number_is_refused_wherever_one_is_typed(string language)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await Speaks(app, language);
        var bolt = await ana.CreateItem("Bolt", 5000);

        foreach (var typed in Refused)
        {
            (await ana.SubmitForm("/create-item", ("name", "Nut"), ("amount", typed))).Status.ShouldBe(422, typed);
            (await ana.SubmitForm($"/items/{bolt}", ("name", "Bolt"), ("threshold", typed), ("version", "1")))
                .Status.ShouldBe(422, typed);
            (await ana.SubmitForm($"/items/{bolt}/movements", ("quantity", typed), ("sign", "-1")))
                .Status.ShouldBe(422, typed);
            (await ana.Page($"/bulk?ids={bolt}&change=take&value={Uri.EscapeDataString(typed)}"))
                .Status.ShouldBe(422, typed);
            (await ana.SubmitForm("/members", ("role", "viewer"), ("uses", typed))).Status.ShouldBe(422, typed);
        }
        (await ana.Get("/api/items")).Json.GetArrayLength().ShouldBe(1);
        (await ana.Item(bolt)).GetProperty("amount").GetInt64().ShouldBe(5000);
    }

    [Theory, Databases]
    public async Task Every_form_takes_a_thousand_as_the_page_shows_it(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await Speaks(app, "id");
        var bolt = await ana.CreateItem("Bolt", 5000);
        (await ana.Page("/")).Text.ShouldContain(">5.000</b>");

        (await ana.SubmitForm($"/items/{bolt}/movements", ("quantity", "1.000"), ("sign", "-1"))).Status.ShouldBe(303);
        (await Amount()).ShouldBe(4000);
        var preview = (await ana.Page($"/bulk?ids={bolt}&change=receive&value=2.000")).Text;
        preview.ShouldContain("2.000");
        (await ana.SubmitForm("/bulk", ("ids", $"{bolt}"), ("change", "receive"), ("value", "2.000")))
            .Status.ShouldBe(303);
        (await Amount()).ShouldBe(6000);
        (await ana.SubmitForm($"/items/{bolt}", ("name", "Bolt"), ("amount", "1.500"), ("threshold", "1.200"),
            ("version", "3"))).Status.ShouldBe(303);
        var item = await ana.Item(bolt);
        (item.GetProperty("amount").GetInt64(), item.GetProperty("threshold").GetInt64()).ShouldBe((1500, 1200));

        async Task<long> Amount() => (await ana.Item(bolt)).GetProperty("amount").GetInt64();
    }

    [Theory, InlineData("en"), InlineData("id")]
    public async Task Programs_write_numbers_in_one_way(string language)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await Speaks(app, language);
        foreach (var written in new[] { "1.000", "1,000", "1 000" })
        {
            (await ana.Post("/api/items", new { name = "Bolt", amount = written }))
                .ShouldBeProblem(422, "invalid", "amount");
            (await ana.Post("/api/items", Form(written))).ShouldBeProblem(422, "invalid", "amount");
            (await ana.Post($"/api/w/{ana.Workspace}/items", Form(written))).ShouldBeProblem(422, "invalid", "amount");
            var part = new { method = "POST", path = "/api/items", body = new { name = "Bolt", amount = written } };
            (await ana.Post("/api/batch", new { requests = new[] { part } })).Json.GetProperty("responses")[0]
                .GetProperty("status").GetInt32().ShouldBe(422);
        }
        (await ana.Post("/api/items", Form("1000"))).Json.GetProperty("amount").GetInt64().ShouldBe(1000);

        static FormUrlEncodedContent Form(string amount) => new([new("name", "Bolt"), new("amount", amount)]);
    }

    private static async Task<Person> Speaks(TestApp app, string language)
    {
        var person = await app.SignIn();
        (await person.Patch("/api/me", new { language })).Status.ShouldBe(200);
        return person;
    }
}
