using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Items;

/// <summary>
/// Two people edit the same item. The form sends the version that the item had when the page was opened.
/// </summary>
public sealed class ItemFormTests
{
    [Theory, Databases]
    public async Task What_only_the_other_has_changed_stays_and_nobody_is_asked(TestDatabase database)
    {
        var (app, ana, budi, item) = await Start(database);
        var form = await Open(ana, item);
        await budi.Patch(item, new { unit = "kg", threshold = 3 });
        await budi.Post($"{item}/movements", new { delta = -1 });

        (await Save(ana, form, ("description", "Of ana"))).Status.ShouldBe(303);

        var now = (await ana.Get(item)).Json;
        now.GetProperty("description").GetString().ShouldBe("Of ana");
        now.GetProperty("unit").GetString().ShouldBe("kg");
        now.GetProperty("threshold").GetInt64().ShouldBe(3);
        now.GetProperty("amount").GetInt64().ShouldBe(9);
        (await app.Entries(ana.Workspace)).Count(entry => entry.Kind == "stock_moved").ShouldBe(1);
    }

    [Theory, Databases]
    public async Task What_both_have_changed_is_shown_and_only_then_decided(TestDatabase database)
    {
        var (_, ana, budi, item) = await Start(database);
        var form = await Open(ana, item);
        await budi.Patch(item, new { description = "Of <budi>\nat length", unit = "kg" });
        await budi.Post($"{item}/movements", new { delta = -4 });

        var refused = await Save(ana, form, ("description", "Of ana\r\nin two lines"));

        refused.Status.ShouldBe(412);
        (await ana.Get(item)).Json.GetProperty("description").GetString().ShouldBe("Of <budi>\nat length");
        var page = await Parse(refused.Text);
        page.QuerySelector("[role=alert]")!.TextContent.ShouldContain("Someone else changed the same field.");
        page.QuerySelector("#f-description")!.TextContent.ReplaceLineEndings("\n").ShouldBe("Of ana\nin two lines");
        page.QuerySelector("[data-error-for=description]")!.TextContent.ShouldBe(
            $"{budi.Name} changed this to “Of <budi>\nat length” in the meantime.");
        page.QuerySelector("#f-unit")!.GetAttribute("value").ShouldBe("kg");
        page.QuerySelector("#f-amount")!.GetAttribute("value").ShouldBe("6");
        page.QuerySelectorAll("[aria-invalid=true]").Length.ShouldBe(1);

        (await Save(ana, page)).Status.ShouldBe(303);
        var now = (await ana.Get(item)).Json;
        now.GetProperty("description").GetString().ShouldBe("Of ana\nin two lines");
        now.GetProperty("unit").GetString().ShouldBe("kg");
        now.GetProperty("amount").GetInt64().ShouldBe(6);
    }

    [Theory, Databases]
    public async Task An_amount_is_counted_against_what_was_shown_or_asked_about(TestDatabase database)
    {
        var (_, ana, budi, item) = await Start(database);
        var form = await Open(ana, item);
        await budi.Post($"{item}/movements", new { delta = -1 });

        var refused = await Save(ana, form, ("amount", "12"), ("name", "Nut"));

        refused.Status.ShouldBe(412);
        (await ana.Get(item)).Json.GetProperty("name").GetString().ShouldBe("Bolt");
        var page = await Parse(refused.Text);
        page.QuerySelector("[data-error-for=amount]")!.TextContent.ShouldContain($"{budi.Name} changed this to “9”");
        page.QuerySelector("#f-name")!.GetAttribute("value").ShouldBe("Nut");
        await budi.Patch(item, new { unit = "kg" });
        (await Save(ana, page)).Status.ShouldBe(303);
        var counted = (await ana.Get($"{item}/movements")).Json[0];
        counted.GetProperty("delta").GetInt64().ShouldBe(3);
        counted.GetProperty("reason").GetString().ShouldBe("counted");
        (await ana.Get(item)).Json.GetProperty("unit").GetString().ShouldBe("kg");
    }

    [Fact]
    public async Task A_rule_broken_after_somebody_else_has_saved_makes_no_second_save_overwrite_it()
    {
        var (_, ana, budi, item) = await Start(TestDatabase.Sqlite);
        var form = await Open(ana, item);
        await budi.Patch(item, new { unit = "kg" });

        var refused = await Save(ana, form, ("name", " "));

        refused.Status.ShouldBe(422);
        (await Save(ana, await Parse(refused.Text), ("name", "Nut"))).Status.ShouldBe(303);
        var now = (await ana.Get(item)).Json;
        now.GetProperty("name").GetString().ShouldBe("Nut");
        now.GetProperty("unit").GetString().ShouldBe("kg");
    }

    [Theory, Databases]
    public async Task Two_forms_sent_at_once_are_both_saved(TestDatabase database)
    {
        var (_, ana, budi, item) = await Start(database);
        for (var round = 1; round <= 10; round++)
        {
            var (mine, theirs) = (await Open(ana, item), await Open(budi, item));

            var replies = await Task.WhenAll(
                Save(ana, mine, ("name", $"Nut {round}")), Save(budi, theirs, ("unit", $"u{round}")));

            replies.ShouldAllBe(reply => reply.Status == 303);
            var now = (await ana.Get(item)).Json;
            now.GetProperty("name").GetString().ShouldBe($"Nut {round}");
            now.GetProperty("unit").GetString().ShouldBe($"u{round}");
        }
    }

    [Fact]
    public async Task A_form_sent_twice_is_saved_once_and_one_that_says_nothing_of_what_it_showed_asks()
    {
        var (app, ana, _, item) = await Start(TestDatabase.Sqlite);
        var form = await Open(ana, item);
        (await Save(ana, form, ("amount", "12"))).Status.ShouldBe(303);
        (await Save(ana, form, ("amount", "12"))).Status.ShouldBe(303);
        (await app.Entries(ana.Workspace)).Count(entry => entry.Kind == "stock_moved").ShouldBe(1);

        foreach (var version in new[] { "", "x", "-1", "99" })
            (await ana.SubmitForm(item["/api".Length..], ("name", "Nut"), ("version", version))).Status.ShouldBe(412);
        (await ana.SubmitForm(item["/api".Length..], ("name", "Nut"))).Status.ShouldBe(412);
        (await ana.Get(item)).Json.GetProperty("name").GetString().ShouldBe("Bolt");
    }

    [Fact]
    public async Task What_the_other_has_now_is_said_in_the_readers_language()
    {
        var (_, ana, budi, item) = await Start(TestDatabase.Sqlite);
        await ana.Patch("/api/me", new { language = "id" });
        var form = await Open(ana, item);
        await budi.Patch(item, new { unit = "" });

        var page = await Parse((await Save(ana, form, ("unit", "kg"))).Text);

        page.QuerySelector("[data-error-for=unit]")!.TextContent.ShouldBe(
            $"Sementara itu {budi.Name} mengubahnya menjadi “kosong”.");
    }

    /// <summary>
    /// Creates an item with the amount 10 and the unit "u". Ana and Budi may both change this item. <c>Item</c> is the
    /// item's path in the API.
    /// </summary>
    private static async Task<(TestApp App, Person Ana, Person Budi, string Item)> Start(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi, Role.Editor);
        var item = $"/api/w/{ana.Workspace}/items/{await ana.CreateItem("Bolt", 10)}";
        (await ana.Patch(item, new { unit = "u" })).Status.ShouldBe(200);
        return (app, ana, budi, item);
    }

    private static async Task<IDocument> Open(Person person, string item) =>
        await Parse((await person.Page(item["/api".Length..])).Text);

    /// <summary>Submits all fields of the form, as a browser does without scripts.</summary>
    private static Task<Reply> Save(Person person, IDocument page, params (string Name, string Value)[] typed)
    {
        var item = page.QuerySelector(".back a")!.GetAttribute("href") + "items/" + page.QuerySelector("h1")!
            .GetAttribute("data-item");
        var sent = page.QuerySelectorAll("form[data-item] input, form[data-item] textarea")
            .Select(control => (
                Name: control.GetAttribute("name")!,
                Value: control is IHtmlTextAreaElement text ? text.Value : ((IHtmlInputElement)control).Value))
            .Where(control => control.Name != "csrftoken" && !typed.Select(field => field.Name).Contains(control.Name));
        return person.SubmitForm(item, [.. sent, .. typed]);
    }

    private static Task<IDocument> Parse(string html) =>
        BrowsingContext.New(Configuration.Default)
            .OpenAsync(request => request.Content(html), TestContext.Current.CancellationToken);
}
