using Pacil.Chat;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Chat;

/// <summary>Messages sent over a WebSocket and by forms, their rate limit, and hostile text.</summary>
public sealed class SendMessageTests
{
    [Theory, Databases]
    public async Task Over_a_socket_it_is_the_same_as_posting_it(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        var bolt = await ana.CreateItem();
        await using var his = await FeedReader.Open(budi, Transport.WebSocket, $"follow={ana.Workspace}");

        await his.Send(new { @do = "say", room = "lobby", text = "Hello", key = "one" });
        var (entry, done) = await Both(his);
        entry.Data.GetProperty("data").Text("text").ShouldBe("Hello");
        entry.Data.Text("key").ShouldBe("one");
        done.Text("author").ShouldBe(budi.Name);
        // A repeated command with the same idempotency key gets the same response, and the message is stored one time.
        (await his.Ask(new { @do = "say", room = "lobby", text = "Hello", key = "one" })).GetRawText()
            .ShouldBe(done.GetRawText());
        await his.Send(new { @do = "say", room = "lobby", text = "Another", key = "one" });
        (await his.Next("problem")).Data.Text("code").ShouldBe("idempotency_key_reused");
        await his.Send(new { @do = "say", item = bolt, text = "Rusty", key = (string?)null });
        await Both(his);
        (await ana.Get($"/api/rooms/item:{bolt}/messages")).Texts().ShouldBe(["Rusty"]);
        (await ana.Get("/api/rooms/lobby/messages")).Texts().ShouldBe(["Hello"]);

        foreach (var (command, code) in new (object, string)[]
                 {
                     (new { @do = "say", text = "To whom?" }, "invalid"),
                     (new { @do = "say", room = "lobby" }, "invalid"),
                     (new { @do = "say", room = "lobby", text = new string('x', 4001) }, "invalid"),
                     (new { @do = "say", room = "lobby", text = "a\u0007b" }, "invalid"),
                     (new { @do = "say", room = "lobby", text = 7 }, "invalid"),
                     (new { @do = "say", room = 999_999, text = "Hi" }, "not_found"),
                     (new { @do = "say", room = "hall", text = "Hi" }, "not_found"),
                     (new { @do = "say", room = "lobby", workspace = 999_999, text = "Hi" }, "not_found"),
                     (new { @do = "say", room = "lobby", text = "Hi", key = "a b" }, "bad_idempotency_key"),
                 })
        {
            await his.Send(command);
            (await his.Next("problem")).Data.Text("code").ShouldBe(code, command.ToString());
        }
    }

    [Fact]
    public async Task A_token_that_may_only_look_says_nothing()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        foreach (var (scope, answer) in new[] { ("read", "problem"), ("write", "done") })
        {
            var program = ana.Program((await ana.CreateToken(scope)).Text("token"));
            await using var reader = await FeedReader.Open(program, Transport.WebSocket);
            await reader.Send(new { @do = "say", room = "lobby", text = "Beep" });
            (await reader.NextOf("problem", "done")).Event.ShouldBe(answer);
        }
        (await ana.Get("/api/rooms/lobby/messages")).Texts().ShouldBe(["Beep"]);
    }

    [Theory, Databases]
    public async Task Who_says_too_much_is_asked_to_wait_whichever_way_they_say_it(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { MessagesPerMinute = 3 });
        var ana = await app.SignIn();
        for (var n = 0; n < 3; n++) await ana.Say($"{n}");
        var refused = await ana.Post("/api/rooms/lobby/messages", new { text = "Too much" });
        refused.ShouldBeProblem(429, "too_many_requests");
        refused.Header("Retry-After").ShouldBe("60");
        await using var reader = await FeedReader.Open(ana, Transport.WebSocket);
        await reader.Send(new { @do = "say", room = "lobby", text = "Too much" });
        var problem = (await reader.Next("problem")).Data;
        (problem.Text("code"), problem.GetProperty("retry_after").GetInt32()).ShouldBe(("too_many_requests", 60));
        (await ana.Get("/api/rooms/lobby/messages")).Texts().Count.ShouldBe(3);
    }

    [Theory, Databases]
    public async Task Who_says_too_much_at_once_is_let_through_as_often_as_one_after_another(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { MessagesPerMinute = 5 });
        var ana = await app.SignIn();
        var lab = await ana.CreateWorkspace();
        var (bolt, garage) = (await ana.CreateItem(), await ana.CreateRoom());
        string[] rooms =
            ["/api/rooms/lobby", $"/api/w/{lab}/rooms/lobby", $"/api/rooms/item:{bolt}", $"/api/rooms/{garage}"];
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => n % 5 == 4
            ? ana.SubmitForm($"/chat/{garage}", ("text", $"{n}"))
            : ana.Post($"{rooms[n % 5]}/messages", new { text = $"{n}" })));
        replies.Count(reply => reply.Status is 201 or 303).ShouldBe(5);
        replies.Count(reply => reply.Status == 429).ShouldBe(35);
    }

    [Theory, Databases]
    public async Task Without_scripts_there_are_forms_for_all_of_it(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        (await ana.SubmitForm("/chat/lobby", ("text", "<b>bold</b> & \"quoted\""))).Header("Location")
            .ShouldBe("/chat/lobby");
        var page = (await ana.Page("/chat")).Text;
        page.ShouldContain("&lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;");
        page.ShouldNotContain("<b>bold");
        var id = (await ana.Get("/api/rooms/lobby/messages")).Json[0].Number("id");
        (await ana.Page($"/chat?edit={id}")).Text.ShouldContain($"action=\"/chat/lobby/messages/{id}\"");
        (await ana.SubmitForm($"/chat/lobby/messages/{id}", ("text", "Plain"))).Status.ShouldBe(303);
        (await ana.Get("/api/rooms/lobby/messages")).Texts().ShouldBe(["Plain"]);
        (await ana.SubmitForm($"/chat/lobby/messages/{id}/delete")).Status.ShouldBe(303);
        (await ana.Page("/chat")).Text.ShouldContain("This message was deleted.");
        var refused = await ana.SubmitForm("/chat/lobby", ("text", new string('x', 4001)));
        (refused.Status, refused.Text.Contains(new string('x', 4001)))
            .ShouldBe((422, true), "what was typed is still there");

        var room = (await ana.SubmitForm("/chat/rooms", ("name", "Garage"))).Header("Location")!;
        (await ana.Page(room)).Text.ShouldContain("data-room-name dir=\"auto\">Garage</h1>");
        (await ana.SubmitForm($"{room}/change", ("name", "Shed"))).Header("Location").ShouldBe(room);
        (await ana.SubmitForm($"{room}/change", ("archived", "true"))).Status.ShouldBe(303);
        var archived = (await ana.Page(room)).Text;
        archived.ShouldContain("This discussion is closed.");
        archived.ShouldNotContain("data-say");
        (await ana.SubmitForm("/chat/lobby/read")).Status.ShouldBe(303);
        var bolt = await ana.CreateItem();
        (await ana.SubmitForm($"/chat/item:{bolt}", ("text", "Rusty"), ("next", $"/items/{bolt}"))).Header("Location")
            .ShouldBe($"/items/{bolt}");
        (await ana.Page($"/chat/item:{bolt}")).Header("Location").ShouldBe($"/items/{bolt}?tab=chat");
        (await ana.Page("/chat/999999")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("See https://example.org/a?b=1&c=(2), ok", "See |<https://example.org/a?b=1&c=(2)>|, ok")]
    [InlineData(
        "http://x and javascript:alert(1) https:// ftp://y", "<http://x>| and javascript:alert(1) https:// ftp://y")]
    [InlineData("https://a.example\"onclick=x", "<https://a.example>|\"onclick=x")]
    [InlineData("@ana, @Ana. and @anabel", "[@ana]|, |[@Ana]|. and @anabel")]
    [InlineData("", "")]
    [InlineData("https://w.example/Bolt_(fastener)", "<https://w.example/Bolt_(fastener)>")]
    [InlineData("(see https://w.example/Nut_(hardware)).", "(see |<https://w.example/Nut_(hardware)>|).")]
    [InlineData("(see https://x.example/a) (or [http://x.example/b])",
        "(see |<https://x.example/a>|) (or [|<http://x.example/b>|])")]
    [InlineData("(https://x.example/a_[b]{c}),(https://x.example/d)",
        "(|<https://x.example/a_[b]{c}>|),(|<https://x.example/d>|)")]
    [InlineData("http://[::1]/a](", "<http://[::1]/a>|](")]
    [InlineData(
        "‘https://x.example/a’, “https://x.example/b?”…", "‘|<https://x.example/a>|’, “|<https://x.example/b>|?”…")]
    [InlineData(
        "见https://x.example/a。再见、https://x.example/b（c）", "见|<https://x.example/a>|。再见、|<https://x.example/b>|（c）")]
    [InlineData("https://x.example/螺栓，「https://x.example/b」", "<https://x.example/螺栓>|，「|<https://x.example/b>|」")]
    [InlineData("请@ana看 谢谢@ana", "请|[@ana]|看 谢谢|[@ana]")]
    [InlineData("@anaさん、＠Ana様 @ana님 ขอบคุณ@anaครับ", "[@ana]|さん、|[＠Ana]|様 |[@ana]|님 ขอบคุณ|[@ana]|ครับ")]
    [InlineData("me@ana.example 我@budi.ana 2@ana", "me@ana.example 我@budi.ana 2@ana")]
    [InlineData("@ana.さん @ana-b @ana2", "[@ana]|.さん @ana-b @ana2")]
    [InlineData("𠮷@ana", "𠮷|[@ana]")]
    [InlineData("Https://x.example/A HTTPS://bank.example@evil.example",
        "<Https://x.example/A>| HTTPS://bank.example@evil.example")]
    public void Addresses_and_the_readers_name_stand_out_and_all_else_is_text(string text, string parts) =>
        string.Join('|', MessageFormatter.Parts(text, "ana").Select(part =>
            part.Address is { } address ? $"<{address}>" : part.IsReader
                ? $"[{part.Text}]" : part.Text)).ShouldBe(parts);

    [Fact]
    public async Task Nobody_talks_in_a_closed_workspace()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var workspace = await ana.CreateWorkspace();
        await ana.Admit(budi, Role.Manager, workspace);
        await ana.Say("Bye", $"/api/w/{workspace}/rooms/lobby/messages");
        (await ana.Delete($"/api/w/{workspace}")).Status.ShouldBe(200);
        (await budi.Post($"/api/w/{workspace}/rooms/lobby/messages", new { text = "Hello?" }))
            .ShouldBeProblem(409, "workspace_closed");
        (await budi.Get($"/api/w/{workspace}/rooms/lobby/messages")).Texts().ShouldBe(["Bye"]);
        (await budi.Page($"/w/{workspace}/chat")).Text.ShouldNotContain("data-say");
    }

    /// <summary>Waits for the entry and the response to the command. They arrive in either order.</summary>
    private static async Task<(Frame Entry, System.Text.Json.JsonElement Done)> Both(FeedReader reader)
    {
        var (one, other) = (await reader.NextOf("entry", "done"), await reader.NextOf("entry", "done"));
        return one.Event == "entry" ? (one, other.Data) : (other, one.Data);
    }
}
