using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Identity.Sessions;
using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming.Transports;

/// <summary>The commands of a WebSocket, and how the server closes the WebSocket of a faulty client.</summary>
public sealed class SocketTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_is_answered_with_its_reference()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        using var socket = await FeedReader.Connect(ana, "", Cancellation);
        (await Receive(socket))!.Event.ShouldBe("hello");

        foreach (var (message, answer, text) in new[]
        {
            ($$"""{"do": "follow", "ref": 7, "workspaces": [{{ana.Workspace}}]}""", "done", "cursor"),
            ("""{"do": "follow", "ref": "a", "workspaces": [999999]}""", "problem", "not_found"),
            ("""{"do": "follow", "workspaces": ["x"]}""", "problem", "invalid"),
            // The client already follows its own workspace, so this command exceeds the maximum of 50 workspaces by
            // one.
            ($$"""{"do": "follow", "workspaces": [{{string.Join(',', Enumerable.Range(900_000, 50))}}]}""",
                "problem", "invalid"),
            ("""{"do": "dance"}""", "problem", "invalid"),
            ("""{"no": "verb"}""", "problem", "malformed"),
            ("""{"do": "here", "do": "follow"}""", "problem", "malformed"),
            ("""{"do": "\ud800"}""", "problem", "malformed"),
            ("""{"ref": 7, "do": "say", "text": "\ud800"}""", "problem", "malformed"),
            ("""{"\ud800": 1, "do": "say"}""", "problem", "malformed"),
            ("""{"\u0072e\ud800": 1, "do": "say"}""", "problem", "malformed"),
            ("""{"ref": "\udc00", "do": "here"}""", "problem", "malformed"),
            ("""{"ref": 7}""", "problem", "malformed"),
            ("""{"do": "here", "places": ["\udc00"]}""", "problem", "malformed"),
            ("not json", "problem", "malformed"),
            ("", "problem", "malformed"),
            ("[1]", "problem", "malformed"),
        })
        {
            await Send(socket, message);
            var reply = (await Receive(socket))!;
            (reply.Event, reply.Data.ToString().Contains(text)).ShouldBe((answer, true), $"{message}: {reply.Data}");
            if (answer == "problem") reply.Data.GetProperty("trace_id").GetString().ShouldNotBeNullOrEmpty(message);
            reply.Ref.ShouldBe(
                message.Contains("\"ref\": 7") ? "7" : message.Contains("\"ref\": \"a\"") ? "a" : null, message);
        }
        await ana.CreateItem("Still served");
        (await Receive(socket))!.Kind.ShouldBe("item_created");
    }

    [Fact]
    public async Task To_follow_what_one_follows_skips_nothing()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await FaultInjection.FillFeed(app.Database, ana);
        using var socket = await FeedReader.Connect(ana, "after=start", Cancellation);
        await Send(socket, $$"""{"do": "follow", "workspaces": [{{ana.Workspace}}]}""");
        for (var seq = 1; seq <= 2000;)
            if (await Receive(socket) is { Event: "entry" } entry) entry.Seq.ShouldBe(seq++);
    }

    [Fact]
    public async Task What_is_refused_in_part_is_followed_in_no_part()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        await using var reader = await FeedReader.Open(budi, Transport.WebSocket);
        await reader.Send(new { @do = "follow", workspaces = new[] { ana.Workspace, 999_999 } });
        (await reader.Next("problem")).Data.GetProperty("code").GetString().ShouldBe("not_found");
        await ana.CreateItem("Hers");
        await budi.CreateItem("His");
        (await reader.Next()).Data.GetProperty("workspace").GetInt64().ShouldBe(budi.Workspace);
        var hello = await reader.Ask(new { @do = "follow", workspaces = new[] { ana.Workspace } });
        hello.GetProperty("cursor").GetString()!.Split('.').Length.ShouldBe(4);
        await ana.CreateItem("Hers, too");
        (await reader.Next()).Data.GetProperty("workspace").GetInt64().ShouldBe(ana.Workspace);
    }

    /// <summary>
    /// Some clients escape all non-ASCII characters in JSON. The length limit counts the characters of the decoded
    /// text.
    /// </summary>
    [Theory]
    [InlineData("ป", 3000, "done")]
    [InlineData("ป", 4001, "problem")]
    [InlineData("🔋", 4000, "done")]
    [InlineData("🔋", 4001, "problem")]
    public async Task A_message_may_be_as_long_as_its_escapes_and_no_longer(string letter, int count, string answer)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        using var socket = await FeedReader.Connect(ana, "", Cancellation);
        var text = string.Concat(Enumerable.Repeat(string.Concat(letter.Select(unit => $"\\u{(int)unit:x4}")), count));
        await Send(socket, $$"""{"do": "say", "room": "lobby", "text": "{{text}}"}""");
        Frame reply;
        do reply = (await Receive(socket))!;
        while (reply.Event is not ("done" or "problem"));
        reply.Event.ShouldBe(answer, reply.Data.ToString());
        if (answer == "done")
            reply.Data.GetProperty("text").GetString().ShouldBe(string.Concat(Enumerable.Repeat(letter, count)));
        else reply.Data.GetProperty("code").GetString().ShouldBe("invalid");
    }

    [Fact]
    public async Task A_message_that_does_not_end_is_cut_at_its_deadline()
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { RequestSeconds = 1 });
        var ana = await app.SignIn();
        using var socket = await FeedReader.Connect(ana, "", Cancellation);
        var sent = System.Diagnostics.Stopwatch.StartNew();
        await socket.SendAsync("{"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: false, Cancellation);
        await Should.ThrowAsync<WebSocketException>(async () =>
        {
            while (true) await Receive(socket);
        });
        sent.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Messages_that_have_begun_have_a_budget_of_their_network()
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { StreamsPerAccount = 200, StreamsPerAddress = 200 });
        var ana = await app.SignIn();
        var sockets = new List<ClientWebSocket>();
        try
        {
            for (var n = 0; n < 140; n++)
            {
                sockets.Add(await FeedReader.Connect(ana, "", Cancellation));
                await sockets[^1].SendAsync(
                    new byte[60_000], WebSocketMessageType.Text, endOfMessage: false, Cancellation);
            }
            var refused = sockets[^1];
            while (await Receive(refused) is not null)
            {
            }
            ((int?)refused.CloseStatus).ShouldBe(1013);
            // When a socket closes, the memory of its unfinished message counts as free again.
            foreach (var socket in sockets) socket.Abort();
            using var again = await FeedReader.Connect(ana, "", Cancellation);
            await Send(again, """{"do": "say", "room": "lobby", "text": "Here"}""");
            while ((await Receive(again))!.Event != "done")
            {
            }
        }
        finally
        {
            foreach (var socket in sockets) socket.Dispose();
        }
    }

    [Fact]
    public async Task A_socket_that_misbehaves_is_closed_with_the_reason()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        (await Closing(ana, socket => Send(socket, new string('x', 70_000))))
            .ShouldBe(WebSocketCloseStatus.MessageTooBig);
        (await Closing(ana, socket => socket.SendAsync(new byte[3], WebSocketMessageType.Binary, true, Cancellation)))
            .ShouldBe(WebSocketCloseStatus.InvalidMessageType);
        (await Closing(
            ana, socket => socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Binary, true, Cancellation)))
            .ShouldBe(WebSocketCloseStatus.InvalidMessageType);
        (await Closing(ana, async socket =>
        {
            for (var n = 0; n < 60; n++) await Send(socket, "{}");
        })).ShouldBe(WebSocketCloseStatus.PolicyViolation);
        (await Closing(ana, socket => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation)))
            .ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task A_socket_whose_frames_are_broken_is_told_why()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        foreach (var (bytes, code) in new[]
        {
            // In order: a frame without a mask, an unknown opcode, a reserved bit, a ping that is too long, invalid
            // UTF-8.
            (new byte[] { 0x81, 0x04, 0x7b, 0x20, 0x20, 0x7d }, WebSocketCloseStatus.ProtocolError),
            ([0x83, 0x80, 0, 0, 0, 0], WebSocketCloseStatus.ProtocolError),
            ([0xc1, 0x80, 0, 0, 0, 0], WebSocketCloseStatus.ProtocolError),
            ([0x89, 0xfe, 0, 126, 0, 0, 0, 0, .. new byte[126]], WebSocketCloseStatus.ProtocolError),
            ([0x81, 0x81, 0, 0, 0, 0, 0xff], WebSocketCloseStatus.InvalidPayloadData),
        })
            // Earlier versions reset the connection in most but not all cases, so the test tries each case three times.
            for (var n = 0; n < 3; n++)
                (await FaultInjection.BreakFrames(ana, bytes)).ShouldBe(code, Convert.ToHexString(bytes));
    }

    [Theory, Databases]
    public async Task Whoever_has_signed_out_says_nothing_more(TestDatabase database)
    {
        var app = await TestApp.On(database);
        foreach (var isTold in new[] { true, false })
        {
            var ana = await app.SignIn();
            await using var reader = await FeedReader.Open(ana, Transport.WebSocket);
            if (isTold) (await ana.Post("/api/logout")).Status.ShouldBe(204);
            else
            {
                // Another process ended the session a second ago, and the signal about it was lost.
                await app.Database.Write(Actor.Program, tx => tx.Execute(
                    "delete from session where account_id = @Id", new { ana.Id }), Cancellation);
                app.Services.GetRequiredService<SessionStore>().Reread(ana.Id);
            }
            await reader.Send(new { @do = "say", room = "lobby", text = "Still here" });
            var end = await reader.NextOf("done", "problem", "close");
            end.Data.ToString().ShouldBe("""{"reason":"signed_out"}""", end.Event);
            await ana.SignIn();
            (await ana.Get("/api/rooms/lobby/messages")).Json.GetArrayLength().ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("ftp://HOST")]
    [InlineData("http://somebody@HOST")]
    [InlineData("http://HOST/page")]
    [InlineData(null)]
    public async Task Only_a_page_of_ours_opens_a_socket(string? origin)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", ana.CookieHeader);
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin.Replace("HOST", ana.Site.Authority));
        socket.Options.CollectHttpResponseDetails = true;
        await Should.ThrowAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri($"ws://{ana.Site.Authority}/api/feed"), Cancellation));
        socket.HttpStatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Bad_questions_get_a_problem()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        (await app.Stranger().Get("/api/feed")).ShouldBeProblem(401, "not_signed_in");
        (await ana.Get("/api/feed?after=garbage")).ShouldBeProblem(400, "bad_cursor");
        (await ana.Get("/api/feed?after=a.b-c-d")).ShouldBeProblem(400, "bad_cursor");
        (await ana.Get($"/api/feed?after={new string('a', 5000)}")).ShouldBeProblem(400, "bad_cursor");
        (await ana.Get("/api/feed", ("Last-Event-ID", "garbage"))).ShouldBeProblem(400, "bad_cursor");
        (await ana.Get("/api/feed?follow=x")).ShouldBeProblem(422, "invalid", "follow");
        (await ana.Get("/api/feed?follow=999999")).ShouldBeProblem(404, "not_found");
        (await ana.Get("/api/w/999999/feed")).ShouldBeProblem(404, "not_found");
        foreach (var wait in new[] { "99", "-1", "abc", "1.5" })
            (await ana.Get($"/api/feed?wait={wait}")).ShouldBeProblem(422, "invalid", "wait")
                .Json.GetProperty("detail").GetString().ShouldBe("Waiting time: This must be between 0 and 55.");
        (await ana.Post("/api/feed")).ShouldBeProblem(405, "method_not_allowed");
    }

    [Theory]
    [InlineData("Sec-WebSocket-Version", "12", 426)]
    [InlineData("Sec-WebSocket-Version", "", 426)]
    [InlineData("Sec-WebSocket-Key", "short", 400)]
    [InlineData("Sec-WebSocket-Key", "", 400)]
    [InlineData("Connection", "", 400)]
    [InlineData("Upgrade", "", 400)]
    [InlineData("Upgrade", "h2c", 400)]
    public async Task What_wants_to_be_a_socket_and_is_none_is_no_poll(string header, string value, int status)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var headers = new Dictionary<string, string>
        {
            ["Connection"] = "Upgrade",
            ["Upgrade"] = "websocket",
            ["Sec-WebSocket-Version"] = "13",
            ["Sec-WebSocket-Key"] = "AAAAAAAAAAAAAAAAAAAAAA==",
            [header] = value,
        };
        var refused = await ana.Get("/api/feed", [.. headers.Select(one => (one.Key, one.Value))]);
        refused.ShouldBeProblem(status, "malformed");
        refused.Header("Sec-WebSocket-Version").ShouldBe(status == 426 ? "13" : null);
    }

    [Fact]
    public async Task An_account_has_so_many_streams_and_no_more()
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { StreamsPerAccount = 2 });
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var one = await FeedReader.Open(ana, Transport.EventStream);
        await using var two = await FeedReader.Open(ana, Transport.WebSocket);
        var refused = await ana.Get("/api/feed?wait=0");
        refused.ShouldBeProblem(429, "too_many_streams");
        refused.Header("Retry-After").ShouldNotBeNull();
        (await budi.Get("/api/feed?wait=0")).Status.ShouldBe(200);

        await one.DisposeAsync();
        Reply again;
        do again = await ana.Get("/api/feed?wait=0");
        while (again.Status == 429);
        again.Status.ShouldBe(200);
    }

    private static async Task<WebSocketCloseStatus?> Closing(Person person, Func<ClientWebSocket, Task> misbehave)
    {
        using var socket = await FeedReader.Connect(person, "", Cancellation);
        await misbehave(socket);
        while (await Receive(socket) is not null)
        {
        }
        return socket.CloseStatus;
    }

    private static Task Send(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, Cancellation);

    private static async Task<Frame?> Receive(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var received = await socket.ReceiveAsync(buffer, Cancellation)
            .WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        return received.MessageType == WebSocketMessageType.Close
            ? null : FeedReader.OfSocket(buffer.AsMemory(0, received.Count));
    }
}
