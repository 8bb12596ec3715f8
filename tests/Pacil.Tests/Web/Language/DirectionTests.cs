using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using Pacil.Tests.Chat;
using Pacil.Tests.Notifications;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Web.Language;

/// <summary>
/// Text from users has its own direction on every page. Such a text is either at the beginning of an element that has
/// its own direction, or between Unicode isolate characters in a sentence.
/// </summary>
public sealed partial class DirectionTests
{
    private const string Typed = "ברגים 10 x 20";
    private static int people;

    [Theory, Databases]
    public async Task No_page_lets_a_name_turn_what_stands_beside_it(TestDatabase database)
    {
        var app = await TestApp.Start(database);
        await using var _ = app;
        var (ana, budi) = (await Named(app), await Named(app));
        var lab = await ana.CreateWorkspace(Typed);
        await ana.Admit(budi, Role.Editor, lab);
        var (path, api) = ($"/w/{lab}", $"/api/w/{lab}");
        var bolt = (await ana.Post($"{api}/items",
            new { name = Typed, amount = 3, unit = "יח", threshold = 5, description = Typed })).Json.Number("id");
        await budi.Post($"{api}/items/{bolt}/movements", new { delta = -1, note = Typed });
        await budi.Patch($"{api}/items/{bolt}", new { name = $"{Typed} M4", description = $"{Typed} M4" });
        await ana.Say($"@{budi.Name} {Typed}", $"{api}/rooms/item:{bolt}/messages");
        var room = (await ana.Post($"{api}/rooms", new { name = Typed })).Json.Number("id");
        await budi.Say($"@{ana.Name} {Typed}", $"{api}/rooms/{room}/messages");
        await ana.Patch($"{api}/rooms/{room}", new { name = $"{Typed} M4" });
        await ana.CreateToken(name: Typed);
        await ana.Post($"{api}/invitations", new { username = (await Named(app)).Name, role = "viewer" });
        var attic = await budi.CreateWorkspace(Typed);
        await budi.Post($"/api/w/{attic}/invitations", new { username = ana.Name, role = "viewer" });
        await ana.Put($"{api}/members/{budi.Id}", new { role = "manager" });
        await ana.Notified(2);
        var waiting = (await Open(ana, "/workspaces")).QuerySelector("a[href^='/invitations/']")!.GetAttribute("href")!;

        foreach (var address in new[]
        {
            $"{path}/", $"{path}/?search={Uri.EscapeDataString("ברגים")}", $"{path}/items/{bolt}",
            $"{path}/items/{bolt}?tab=chat",
            $"{path}/items/{bolt}?tab=history", $"{path}/bulk?ids={bolt}&change=take&value=1",
            $"{path}/bulk?ids={bolt}&change=take&value=9",
            $"{path}/activity", $"{path}/activity?item={bolt}", $"{path}/chat", $"{path}/chat/{room}",
            $"{path}/members", "/workspaces", waiting,
            "/notifications", "/settings", "/settings/tokens", "/settings/erase", "/logout", "/admin",
            $"/admin/people/{budi.Id}",
            $"/admin/people/{budi.Id}/erase", "/admin/entries",
        })
            await Check(ana, address);
        await Check(budi, "/notifications");

        // Checks the pages that a form returns after success and after an error.
        await ana.SubmitForm("/create-item", ("name", $"{Typed} M5"));
        await Check(ana, "/");
        var refused = await ana.SubmitForm(
            "/create-item", ("name", Typed), ("unit", Typed), ("description", Typed), ("amount", "x"));
        Check("/create-item", await Read(refused.Text));
        var contested = await ana.SubmitForm($"{path}/items/{bolt}", ("name", "Bolt"), ("version", "1"));
        contested.Status.ShouldBe(412);
        Check("contested", await Read(contested.Text));
    }

    [Fact]
    public void A_text_is_isolated_only_where_it_is_written_from_the_right()
    {
        Pacil.Web.Language.Texts.T("items.created", "Bolt").ShouldBe("Bolt was added.");
        Pacil.Web.Language.Texts.T("items.created", Typed).ShouldBe($"\u2068{Typed}\u2069 was added.");
        foreach (var text in new[] { "ب", "\U00010900", "\U0001E900", "ﷲ", "M4 × ב" })
            Pacil.Web.Language.Texts.Isolated(text).ShouldStartWith("\u2068", Case.Sensitive, text);
        foreach (var text in new[] { "", "Bolt 😀", "螺栓", "ไทย", "𠮷" })
            Pacil.Web.Language.Texts.Isolated(text).ShouldBe(text);
    }

    private static async Task<Person> Named(TestApp app) => await app.SignIn($"דנה{Interlocked.Increment(ref people)}");

    private static async Task Check(Person person, string address) => Check(address, await Open(person, address));

    private static void Check(string address, IDocument page)
    {
        var texts = page.Descendants<IText>()
            .Where(text => text.ParentElement is not (null or { LocalName: "script" })).ToList();
        texts.Any(text => Hebrew().IsMatch(text.Data)).ShouldBeTrue(address);
        texts.Where(text => Hebrew().IsMatch(Isolated().Replace(text.Data, "")) && !IsApart(text))
            .Select(text => $"{text.ParentElement!.OuterHtml}")
            .ShouldBeEmpty(address);
        foreach (var element in page.All)
            foreach (var attribute in element.Attributes.Where(
                attribute => Hebrew().IsMatch(Isolated().Replace(attribute.Value, ""))))
                if (!attribute.Name.StartsWith("data-") && !(attribute.Name == "value" && IsOfItself(element)))
                    Assert.Fail($"{address}: {attribute.Name} of {element.OuterHtml}");
    }

    /// <summary>
    /// Whether the text is inside an element that has its own direction (dir=auto or bdi) and begins with a Hebrew
    /// letter, so that the direction is right-to-left.
    /// </summary>
    private static bool IsApart(IText text)
    {
        var element = text.ParentElement!.Closest("[dir=auto], bdi");
        return element is not null && Hebrew().IsMatch(element.TextContent.TrimStart(' ', '\n', '@')[..1]);
    }

    private static bool IsOfItself(IElement element) => element.GetAttribute("dir") == "auto"
        || element.GetAttribute("type") == "hidden" || element.LocalName is "option" or "button";

    private static async Task<IDocument> Open(Person person, string address)
    {
        var reply = await person.Page(address);
        return await Read(reply.Text);
    }

    private static Task<IDocument> Read(string html) =>
        BrowsingContext.New().OpenAsync(request => request.Content(html), TestContext.Current.CancellationToken);

    [GeneratedRegex("[א-ת]", RegexOptions.NonBacktracking)]
    private static partial Regex Hebrew();

    [GeneratedRegex("\u2068[^\u2068\u2069]*\u2069", RegexOptions.NonBacktracking)]
    private static partial Regex Isolated();
}
