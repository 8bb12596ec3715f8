using System.Text.Json;
using Pacil.Tests.Support;

namespace Pacil.Tests.Notifications;

public sealed class ReadingTests
{
    [Theory, Databases]
    public async Task One_or_all_are_marked_and_every_open_page_hears_how_many_are_left(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var told = await Low(ana, 3);
        await using var inbox = await FeedReader.Open(ana, Transport.WebSocket);

        var one = await ana.Post("/api/notifications/read", new { ids = new[] { told[1].Id() } });
        (one.Status, one.Text).ShouldBe((200, """{"unread":2}"""));
        var heard = (await inbox.Next("inbox")).Data;
        heard.GetProperty("workspace").ValueKind.ShouldBe(JsonValueKind.Null);
        heard.GetProperty("kind").GetString().ShouldBe("notifications_read");
        heard.GetProperty("data").GetRawText().ShouldBe($$"""{"ids":[{{told[1].Id()}}],"unread":2}""");
        var after = await ana.Notified(3);
        after[1].GetProperty("read_at").GetDateTime().ShouldBeGreaterThan(after[1].GetProperty("at").GetDateTime());
        (await ana.Notified(2, "?unread=true")).Select(Notices.Id).ShouldBe([told[0].Id(), told[2].Id()]);

        (await ana.Post("/api/notifications/read", new { through = told[2].Id() })).Text.ShouldBe("""{"unread":1}""");
        (await inbox.Next("inbox")).Data.GetProperty("data").GetRawText()
            .ShouldBe($$"""{"through":{{told[2].Id()}},"unread":1}""");
        (await ana.Post("/api/notifications/read")).Text.ShouldBe("""{"unread":0}""");
        (await inbox.Next("inbox")).Data.GetProperty("data").GetRawText()
            .ShouldBe($$"""{"through":{{told[0].Id()}},"unread":0}""");
        // A repeated request changes nothing and writes no inbox entry.
        (await ana.Post("/api/notifications/read", new { })).Text.ShouldBe("""{"unread":0}""");
        (await app.Entries(await app.InboxOf(ana))).Count.ShouldBe(6);
        await ana.Notified(0, "?unread=true");
    }

    [Theory, Databases]
    public async Task Anothers_are_neither_seen_nor_marked(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var told = await Low(ana, 1);

        await budi.Notified(0);
        (await budi.Post("/api/notifications/read", new { ids = new[] { told[0].Id(), 999_999_999 } })).Text.ShouldBe(
            """{"unread":0}""");
        (await budi.Post("/api/notifications/read")).Status.ShouldBe(200);
        (await budi.SubmitForm("/notifications", ("ids", $"{told[0].Id()}"))).Status.ShouldBe(303);
        (await budi.Page($"/notifications/{told[0].Id()}")).Status.ShouldBe(404);
        (await budi.Page("/notifications")).Text.ShouldNotContain("Thing 0");
        (await ana.Notified(1))[0].GetProperty("read_at").ValueKind.ShouldBe(JsonValueKind.Null);
        (await app.Entries(await app.InboxOf(budi))).ShouldBeEmpty();
        (await app.Stranger().Page("/notifications")).Header("Location").ShouldBe("/login?next=%2Fnotifications");
    }

    [Theory, Databases]
    public async Task A_repeated_request_marks_nothing_that_came_since(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        await Low(ana, 1);
        (await ana.Post("/api/notifications/read", new { }, ("Idempotency-Key", "once"))).Text.ShouldBe(
            """{"unread":0}""");
        await ana.Move(await ana.Threshold("Later", 8), -4);
        await ana.Notified(2);

        var again = await ana.Post("/api/notifications/read", new { }, ("Idempotency-Key", "once"));
        again.Header("Idempotency-Replayed").ShouldBe("true");
        await ana.Notified(1, "?unread=true");
    }

    [Theory, Databases]
    public async Task The_list_goes_on_page_by_page_and_says_where_the_inbox_was(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var told = await Low(ana, 5);

        var first = await ana.Get("/api/notifications?limit=2");
        var second = await ana.Get(first.Next!);
        var third = await ana.Get(second.Next!);
        new[] { first, second, third }.SelectMany(page => page.Json.EnumerateArray()).Select(Notices.Id)
            .ShouldBe(told.Select(Notices.Id));
        third.Next.ShouldBeNull();
        await ana.Move(await ana.Threshold("Later", 8), -4);
        await using var inbox = await FeedReader.Open(
            ana, Transport.EventStream, $"after={third.Header("Feed-Cursor")}");
        var next = (await inbox.Next("inbox")).Data;
        (next.GetProperty("seq").GetInt64(), next.GetProperty("kind").GetString()).ShouldBe((6, "notification_added"));
    }

    [Fact]
    public async Task What_cannot_be_marked_is_refused()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        foreach (var ids in new object[]
                 {
                     "7", 7, new object[] { "7" }, new object[] { 1.5 }, new object[] { new[] { 1 } },
                     Enumerable.Range(1, 201)
                 })
            (await ana.Post("/api/notifications/read", new { ids })).ShouldBeProblem(422, "invalid", "ids");
        (await ana.Get("/api/notifications?unread=perhaps")).ShouldBeProblem(422, "invalid", "unread");
    }

    [Theory, Databases]
    public async Task The_page_and_its_forms_work_without_scripts(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        (await ana.Page("/notifications")).Text.ShouldContain("No notifications yet.");
        (await ana.Page("/")).Text.ShouldContain("<b class=\"badge\" hidden");
        var told = await Low(ana, 3);

        var page = await ana.Bell("3");
        page.ShouldContain($"data-inbox=\"{app.Database.Epoch}.{await app.InboxOf(ana)}-3-");
        page.ShouldContain("data-bell=\"3\"");
        (await ana.SubmitForm("/notifications?unread=true", ("ids", $"{told[0].Id()}"))).Header("Location")
            .ShouldBe("/notifications?unread=true");
        (await ana.Page("/notifications")).Text.ShouldContain("<span data-unread>2</span>");
        (await ana.SubmitForm("/notifications", ("through", $"{told[0].Id()}"))).Header("Location")
            .ShouldBe("/notifications");
        (await ana.Page("/notifications?unread=true")).Text.ShouldContain("No unread notifications.");
        (await ana.Page("/notifications")).Text.ShouldContain("Thing 2 is low: 4 pcs left.");
        (await ana.Page("/")).Text.ShouldContain("<b class=\"badge\" hidden");
        (await ana.Page("/notifications?limit=2")).Text.ShouldContain("rel=\"next\"");
    }

    /// <summary>
    /// Makes the stock of that many items low, one after another. Returns the notifications about them, newest first.
    /// </summary>
    private static async Task<List<JsonElement>> Low(Person person, int count)
    {
        for (var n = 0; n < count; n++)
        {
            await person.Move(await person.Threshold($"Thing {n}", 8), -4);
            await person.Notified(n + 1);
        }
        return await person.Notified(count);
    }
}
