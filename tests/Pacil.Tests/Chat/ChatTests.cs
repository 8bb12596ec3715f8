using System.Text.Json;
using Pacil.Tests.Notifications;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Chat;

public sealed class ChatTests
{
    [Theory, Databases]
    public async Task What_is_said_is_listed_newest_first_and_is_in_the_log(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var said = await ana.Say("Hello\r\nthere ");
        said.Text("text").ShouldBe("Hello\nthere");
        var created = await ana.Post("/api/rooms/lobby/messages", new { text = "Two" });
        (created.Status, created.Header("ETag")).ShouldBe((201, "\"1\""));
        (await ana.Get(created.Header("Location")!)).Json.Text("text").ShouldBe("Two");
        await ana.Say("Three");

        var first = await ana.Get("/api/rooms/lobby/messages?limit=2");
        first.Texts().ShouldBe(["Three", "Two"]);
        (await ana.Get(first.Next!)).Texts().ShouldBe(["Hello\nthere"]);
        (await ana.Get($"/api/rooms/{said.Number("room")}/messages")).Texts().Count.ShouldBe(
            3, "the lobby has a number, too");
        var entry = (await app.Entries(ana.Workspace))[0];
        (entry.Kind, entry.SubjectType, entry.SubjectId).ShouldBe(("message_posted", "message", said.Number("id")));
        entry.Data.ShouldBe($$"""{"room":{{said.Number("room")}},"text":"Hello\nthere","mentions":[]}""");
        await ana.Say("Four");
        var next = (await ana.Get($"/api/feed?after={first.Header("Feed-Cursor")}&wait=0")).Json.GetProperty("entries");
        next.EnumerateArray().Single().GetProperty("data").Text("text").ShouldBe("Four");
    }

    [Theory, Databases]
    public async Task One_changes_ones_own_and_a_manager_any(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi, citra) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        await ana.Admit(citra, Role.Editor);
        var api = $"/api/w/{ana.Workspace}/rooms/lobby/messages";
        var his = $"{api}/{(await budi.Say("Mine", api)).Number("id")}";

        (await citra.Patch(his, new { text = "Hers" })).ShouldBeProblem(403, "forbidden");
        (await citra.Delete(his)).ShouldBeProblem(403, "forbidden");
        (await budi.Patch(his, new { text = "Mine, better" }, ("If-Match", "\"9\"")))
            .ShouldBeProblem(412, "version_conflict");
        var edited = await budi.Patch(his, new { text = "Mine, better" }, ("If-Match", "\"1\""));
        (edited.Status, edited.Json.Text("text"), edited.Json.Number("version")).ShouldBe((200, "Mine, better", 2));
        edited.Json.GetProperty("edited_at").ValueKind.ShouldBe(JsonValueKind.String);
        (await ana.Delete(his)).Json.Text("text").ShouldBe("");
        (await budi.Patch(his, new { text = "Again" })).ShouldBeProblem(409, "message_deleted");
        (await budi.Delete(his)).Status.ShouldBe(200, "to delete twice changes nothing");
        (await app.Entries(ana.Workspace)).Select(entry => entry.Kind).Where(kind => kind.StartsWith("message"))
            .ShouldBe(["message_posted", "message_edited", "message_redacted"]);
    }

    [Theory, Databases]
    public async Task Rooms_are_opened_renamed_and_archived_but_not_the_lobby(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        (await ana.Get("/api/rooms")).Json.EnumerateArray().Single().GetProperty("lobby").GetBoolean().ShouldBeTrue();
        var opened = await ana.Post("/api/rooms", new { name = " Workshop " });
        var room = opened.Header("Location")!;
        (opened.Status, opened.Json.Text("name")).ShouldBe((201, "Workshop"));
        (await ana.Patch(room, new { name = "Garage" }, ("If-Match", "\"1\""))).Json.Text("name").ShouldBe("Garage");
        (await ana.Patch(room, new { name = "Shed" }, ("If-Match", "\"1\""))).ShouldBeProblem(412, "version_conflict");
        await ana.Say("Hello", $"{room}/messages");

        (await ana.Patch(room, new { archived = true })).Status.ShouldBe(200);
        (await ana.Post($"{room}/messages", new { text = "Too late" })).ShouldBeProblem(409, "room_archived");
        (await ana.Get($"{room}/messages")).Texts().ShouldBe(["Hello"]);
        (await ana.Get("/api/rooms")).Json.GetArrayLength().ShouldBe(1);
        (await ana.Get("/api/rooms?archived=true")).Json[0].Text("name").ShouldBe("Garage");
        (await ana.Patch(room, new { archived = false })).Status.ShouldBe(200);
        (await ana.Patch("/api/rooms/lobby", new { archived = true })).ShouldBeProblem(409, "room_fixed");
        (await ana.Patch("/api/rooms/lobby", new { name = "Hall" })).ShouldBeProblem(409, "room_fixed");
        (await app.Entries(ana.Workspace)).Where(entry => entry.SubjectType == "room").Select(entry => entry.Kind)
            .ShouldBe(["room_created", "room_renamed", "room_archived", "room_restored"]);
    }

    [Theory, Databases]
    public async Task Every_item_has_a_discussion_that_begins_with_the_first_word(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var bolt = await ana.CreateItem();
        var talk = $"/api/rooms/item:{bolt}/messages";
        (await ana.Get(talk)).Texts().ShouldBeEmpty();
        (await Task.WhenAll(ana.Post(talk, new { text = "Rusty" }), ana.Post(talk, new { text = "Buy more" })))
            .ShouldAllBe(reply => reply.Status == 201);
        (await ana.Get(talk)).Texts().Order().ShouldBe(["Buy more", "Rusty"]);
        var room = (await ana.Get($"/api/rooms/item:{bolt}")).Json;
        (room.Text("name"), room.Number("item")).ShouldBe(("Bolt", bolt));
        (await ana.Patch($"/api/rooms/item:{bolt}", new { name = "Nut" })).ShouldBeProblem(409, "room_fixed");
        (await ana.Page($"/items/{bolt}?tab=chat")).Text.ShouldContain("Rusty");

        foreach (var foreign in new[]
                 {
                     talk, $"/api/rooms/{room.Number("id")}/messages", "/api/rooms/item:999999/messages",
                     "/api/rooms/hall/messages", "/api/rooms/item:/messages"
                 })
        {
            (await budi.Get(foreign)).ShouldBeProblem(404, "not_found");
            (await budi.Post(foreign, new { text = "Mine?" })).ShouldBeProblem(404, "not_found");
        }
    }

    [Theory, Databases]
    public async Task Each_room_counts_what_others_said_since_one_read_it(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Say("Before you came");
        await ana.Admit(budi);
        var api = $"/api/w/{ana.Workspace}/rooms/lobby";
        (await Unread()).ShouldBe(0);
        var one = await ana.Say("One");
        await ana.Say("Two");
        await budi.Say("Mine", $"{api}/messages");
        (await Unread()).ShouldBe(2);

        (await budi.Post($"{api}/read", new { through = one.Number("id") })).Text.ShouldBe("""{"unread":1}""");
        (await budi.Post($"{api}/read", new { through = 1 })).Text.ShouldBe("""{"unread":1}""", "it never goes back");
        (await budi.Post($"{api}/read")).Text.ShouldBe("""{"unread":0}""");
        (await ana.Get("/api/rooms")).Json[0].Number("unread").ShouldBe(1);
        (await budi.Post($"/api/w/{ana.Workspace}/rooms/999999/read")).ShouldBeProblem(404, "not_found");

        async Task<long> Unread() => (await budi.Get($"/api/w/{ana.Workspace}/rooms")).Json[0].Number("unread");
    }

    [Theory, Databases]
    public async Task Whoever_is_called_by_name_is_told_and_led_there(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi, stranger) = (await app.SignIn(), await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        var bolt = await ana.CreateItem();
        await ana.Say($"Mail me@{budi.Name}, or ask @{stranger.Name}");
        await ana.Say($"(@{budi.Name.ToUpperInvariant()}.) Look!", $"/api/rooms/item:{bolt}/messages");

        var told = (await budi.Notified(1))[0];
        told.Text().ShouldContain("Look!");
        (await budi.Page($"/notifications/{told.Id()}")).Header("Location")
            .ShouldBe($"/w/{ana.Workspace}/items/{bolt}?tab=chat");
        await stranger.Notified(0);
        var entry = (await app.Entries(ana.Workspace))
            .Single(entry => entry.Kind == "message_posted" && entry.Data.Contains("Look!"));
        entry.Data.ShouldContain($"\"mentions\":[{budi.Id}]");
    }

    [Theory]
    [InlineData("https://bank.example@evil.example/")]
    [InlineData("https://bank.example:secret@evil.example")]
    [InlineData("http://@evil.example")]
    [InlineData("https://bank.example/\u202Emoc.live")]
    [InlineData("https://bank\u200B.example/")]
    [InlineData("https://bank\u3164.example/")]
    public async Task An_address_that_reads_as_another_is_no_link(string address)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await ana.Say($"See {address} and https://pacil.example/@ana?to=a@b.");

        var item = await ana.CreateItem();
        await ana.Post(
            $"/api/rooms/item:{item}/messages", new { text = $"See {address} and https://pacil.example/@ana?to=a@b." });
        foreach (var page in new[] { "/chat", $"/items/{item}?tab=chat" })
        {
            var text = (await ana.Page(page)).Text;
            text.ShouldContain("href=\"https://pacil.example/@ana?to=a@b\"", Case.Sensitive, page);
            text.Split("href=\"http").Length.ShouldBe(2, page);
        }
    }
}
