using AngleSharp;
using AngleSharp.Dom;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web;

/// <summary>The pages in a browser without scripts: plain links and forms.</summary>
public sealed class PageTests
{
    [Theory, Databases]
    public async Task Everything_can_be_done_by_forms(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var empty = await Open(ana, "/");
        empty.QuerySelector("[data-empty]")!.TextContent.ShouldContain("Nothing here yet.");

        (await ana.SubmitForm("/create-item", ("name", "Bolt"), ("amount", "5"), ("threshold", "4")))
            .Header("Location").ShouldBe("/");
        var list = await Open(ana, "/");
        list.QuerySelector(".toast")!.TextContent.ShouldContain("Bolt was added.");
        var row = list.QuerySelector("tbody tr")!;
        var item = row.Id!["item-".Length..];
        row.QuerySelector("[data-name]")!.GetAttribute("href").ShouldBe($"/items/{item}");

        var take = row.QuerySelector("button[name=move]")!;
        take.GetAttribute("value").ShouldBe($"{item} -1");
        (await ana.SubmitForm("/movements", ("move", $"{item} -1"), ("next", "/?sort=amount"))).Header("Location")
            .ShouldBe("/?sort=amount");
        row = (await Open(ana, "/")).QuerySelector("tbody tr")!;
        row.QuerySelector("[data-amount]")!.TextContent.ShouldBe("4");
        row.ClassList.ShouldContain("low");
        (await ana.SubmitForm($"/items/{item}/movements", ("quantity", "3"), ("sign", "-1"), ("note", "rover")))
            .Status.ShouldBe(303);
        (await ana.SubmitForm($"/items/{item}/movements", ("quantity", "3"), ("sign", "-1"))).Text.ShouldContain(
            "Only 1 in stock.");

        var page = await Open(ana, $"/items/{item}");
        page.QuerySelector(".stock")!.TextContent.ShouldContain("1");
        (await Open(ana, $"/items/{item}?tab=history")).QuerySelector(".log")!.TextContent.ShouldContain("rover");
        (await Edit(ana, item, page, "Screw")).Header("Location").ShouldBe($"/items/{item}");
        (await ana.Item(long.Parse(item))).GetProperty("amount").GetInt64().ShouldBe(1);
        (await Edit(ana, item, page, "Nail")).Text.ShouldContain("Someone else changed the same field.");

        (await ana.SubmitForm($"/items/{item}/archive")).Status.ShouldBe(303);
        var undo = (await Open(ana, "/")).QuerySelector(".toast form")!.GetAttribute("action")!;
        (await ana.SubmitForm(undo)).Status.ShouldBe(303);
        (await ana.Names("/api/items")).ShouldBe(["Screw"]);
    }

    [Theory, Databases]
    public async Task An_amount_on_the_form_is_a_count_and_one_that_nobody_touched_is_none(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);

        await ana.SubmitForm($"/items/{item}", ("name", "Nut"), ("amount", "5"), ("version", "1"));
        await ana.SubmitForm($"/items/{item}", ("name", "Nut"), ("amount", "8"), ("version", "2"));

        (await app.Entries(ana.Workspace)).Select(entry => entry.Kind)
            .ShouldBe(["item_created", "item_changed", "stock_moved"]);
        (await ana.Item(item)).GetProperty("amount").GetInt64().ShouldBe(8);
    }

    [Fact]
    public async Task A_form_that_breaks_a_rule_comes_back_with_its_message_and_what_was_typed()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();

        var reply = await ana.SubmitForm(
            "/create-item", ("name", " "), ("description", "typed <b>this</b>"), ("amount", "-1"));

        reply.Status.ShouldBe(422);
        var page = await Parse(reply.Text);
        page.QuerySelector("[data-error-for=name]")!.TextContent.ShouldBe("Please fill this in.");
        page.QuerySelector("[data-error-for=amount]")!.TextContent.ShouldBe("This must be at least 0.");
        page.QuerySelector("[name=amount]")!.GetAttribute("aria-invalid").ShouldBe("true");
        page.QuerySelector("[name=description]")!.TextContent.ShouldBe("typed <b>this</b>");
        (await ana.SubmitForm("/movements", ("move", "nonsense"))).Status.ShouldBe(400);
        (await ana.SubmitForm("/items/999999/archive")).Status.ShouldBe(404);
        (await ana.Page("/items/999999")).Status.ShouldBe(404);
        (await ana.SubmitForm("/items/999999", ("name", "x"), ("version", "1"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_form_of_another_workspace_is_not_there_and_a_viewer_may_not_have_it()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var viewer = await app.Member(ana, ana.Workspace, Pacil.Workspaces.Role.Viewer);
        foreach (var workspace in new[] { ana.Workspace, 0, 99_999_999 })
            (await budi.Page($"/w/{workspace}/create-item")).Status.ShouldBe(404);
        (await viewer.Page($"/w/{ana.Workspace}/create-item")).Status.ShouldBe(403);
        (await ana.Page($"/w/{ana.Workspace}/create-item")).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task Search_filters_order_and_the_next_page_are_links_and_a_get_form(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await app.Fill(ana, 60, n => $"Bolt {n:00}");
        await ana.CreateItem("Étagère");

        var list = await Open(ana, "/");
        list.QuerySelectorAll("tbody tr").Length.ShouldBe(50);
        var next = list.QuerySelector("[data-more]")!.GetAttribute("href")!;
        (await Open(ana, next)).QuerySelectorAll("tbody tr").Length.ShouldBe(11);
        Names(await Open(ana, "/?search=etag")).ShouldBe(["Étagère"]);
        (await Open(ana, "/?search=etag&sort=-amount")).QuerySelector("input[name=sort]")!.GetAttribute("value")
            .ShouldBe("-amount");
        var byAmount = list.QuerySelectorAll("thead a")[2].GetAttribute("href")!;
        Names(await Open(ana, byAmount))[0].ShouldBe("Bolt 00");
        (await Open(ana, byAmount)).QuerySelectorAll("thead th")[3].GetAttribute("aria-sort").ShouldBe("ascending");
        (await Open(ana, "/?low=true")).QuerySelector("[data-empty]")!.TextContent.ShouldContain("No items found.");
        (await ana.Page("/?sort=colour")).Status.ShouldBe(422);
        (await ana.Page($"/w/{ana.Workspace}/")).Text.ShouldContain($"href=\"/w/{ana.Workspace}/items/");
    }

    [Fact]
    public async Task The_page_carries_its_row_once_more_empty_for_the_scripts()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await ana.CreateItem("Bolt", 3);

        var page = await Open(ana, "/");

        var template = (AngleSharp.Html.Dom.IHtmlTemplateElement)page.QuerySelector("template#row")!;
        var empty = template.Content.QuerySelector("tr")!;
        var row = page.QuerySelector("tbody tr")!;
        empty.QuerySelectorAll("*").Select(element => element.LocalName)
            .ShouldBe(row.QuerySelectorAll("*").Select(element => element.LocalName));
        empty.QuerySelectorAll("[data-name], [data-amount], [data-note], [data-unit], [data-by]")
            .ShouldAllBe(element => element.TextContent == "");
    }

    private static async Task<Reply> Edit(Person ana, string item, IDocument page, string name) => await ana.SubmitForm(
        $"/items/{item}", ("name", name), ("description", ""), ("unit", ""), ("threshold", "4"),
        ("amount", page.QuerySelector("[name=amount]")!.GetAttribute("value")!),
        ("version", page.QuerySelector("[name=version]")!.GetAttribute("value")!));

    private static string[] Names(IDocument page) =>
        [.. page.QuerySelectorAll("tbody [data-name]").Select(name => name.TextContent)];

    private static async Task<IDocument> Open(Person person, string path)
    {
        var reply = await person.Page(path);
        reply.Status.ShouldBe(200, reply.Text);
        return await Parse(reply.Text);
    }

    private static Task<IDocument> Parse(string html) =>
        BrowsingContext.New(Configuration.Default)
            .OpenAsync(request => request.Content(html), TestContext.Current.CancellationToken);
}
