using Pacil.Tests.Support;
using Pacil.Web.Requests;

namespace Pacil.Tests.Web.Requests;

/// <summary>
/// The server removes invisible characters from names, except those that change how visible characters look.
/// </summary>
public sealed class InvisibleTests
{
    [Theory]
    [InlineData("bolt\u202Egnp.exe", "boltgnp.exe")]
    [InlineData("\u2066bolt\u2069 \u200Eb\u200F\u061C", "bolt b")]
    [InlineData("\u202A+62 812\u202C", "+62 812")]
    [InlineData("\uFEFFbo\u00ADlt\u200B\u2060", "bolt")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    [InlineData("👩\u200D🔧 ❤\uFE0F 葛\U000E0100", "👩\u200D🔧 ❤\uFE0F 葛\U000E0100")]
    public void What_is_not_seen_goes_and_what_writes_something_stays(string text, string seen) =>
        Invisible.Remove(text).ShouldBe(seen);

    [Theory, Databases]
    public async Task Names_are_kept_without_it_wherever_they_are_given(TestDatabase database)
    {
        const string Sent = "Bo\u202Elt\u200B";
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem(Sent);
        (await ana.Item(item)).GetProperty("name").GetString().ShouldBe("Bolt");
        (await ana.Patch($"/api/items/{item}", new { name = $"{Sent}s", unit = "p\u2067cs" }, ("If-Match", "*")))
            .Status.ShouldBe(200);
        (await ana.Item(item)).GetProperty("name").GetString().ShouldBe("Bolts");
        (await ana.Item(item)).GetProperty("unit").GetString().ShouldBe("pcs");
        await ana.SubmitForm("/create-item", ("name", $"{Sent} by form"), ("amount", "1"));
        (await ana.Names("/api/items")).ShouldContain("Bolt by form");

        (await ana.Post("/api/rooms", new { name = Sent })).Json.GetProperty("name").GetString().ShouldBe("Bolt");
        var workspace = await ana.CreateWorkspace(Sent);
        (await ana.Get($"/api/w/{workspace}")).Json.GetProperty("name").GetString().ShouldBe("Bolt");
        (await ana.CreateToken(name: Sent)).GetProperty("name").GetString().ShouldBe("Bolt");
        var batch = await ana.Post("/api/batch", new
        {
            atomic = true,
            requests =
                new[] { new { method = "POST", path = "/api/items", body = new { name = $"{Sent} in a batch" } } },
        });
        batch.Json.GetProperty("responses")[0].GetProperty("body").GetProperty("name").GetString()
            .ShouldBe("Bolt in a batch");

        foreach (var nothing in new[] { "\u3164", "\u202E \u200F", "\u115F\u034F" })
            (await ana.Post("/api/items", new { name = nothing })).ShouldBeProblem(422, "invalid", "name");
    }
}
