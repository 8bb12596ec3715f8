using System.Net.WebSockets;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web.Requests;

/// <summary>
/// Slow request bodies: how long each may take, how much memory they may occupy, and which bodies the server reads at
/// all.
/// </summary>
public sealed class SlowBodyTests
{
    private const int Megabyte = 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("198.51.100.7", 20, 8, "429")]
    [InlineData("2001:db8:7:{0:x}::1", 24, 16, "429")]
    [InlineData("198.51.{0}.7", 80, 64, "503")]
    public async Task Bodies_in_memory_have_a_budget_of_their_network_and_of_all(
        string address, int requests, int held, string refusal)
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var token = (await ana.CreateToken()).GetProperty("token").GetString();
        var slow = await Task.WhenAll(Enumerable.Range(0, requests).Select(n => HalfRequest.Send(app.Address, $$"""
            POST /api/items HTTP/1.1
            Host: pacil
            Authorization: Bearer {{token}}
            X-Forwarded-For: {{string.Format(address, n)}}
            Content-Type: application/json
            Content-Length: {{Megabyte}}


            """, Megabyte - 1)));
        var answers = slow.Select(request => request.Answer()).ToList();

        // The refusals arrive while the server still waits for the other bodies, and other clients are served as usual.
        // All requests arrive at the same time, so some may be refused although memory would have become free a moment
        // later.
        for (var n = held; n < requests; n++)
        {
            var answered = await Task.WhenAny(answers);
            answers.Remove(answered);
            var answer = await answered;
            answer.ShouldStartWith($"HTTP/1.1 {refusal} ");
            answer.ShouldContain("Retry-After: 5");
            answer.ShouldContain("Connection: close");
        }
        answers.Where(answer => answer.IsCompleted)
            .ShouldAllBe(answer => answer.Result.StartsWith($"HTTP/1.1 {refusal} "));
        (await budi.Post("/api/items", new { name = "Bolt" })).Status.ShouldBe(201);
        // When the slow requests end, other requests can use their memory.
        foreach (var request in slow) request.Dispose();
        Reply reply;
        do reply = await ana.Post("/api/items", new { name = "Nut", note = new string(' ', Megabyte - 100) },
            ("X-Forwarded-For", string.Format(address, 0)));
        while (reply.Status is 429 or 503);
        reply.Status.ShouldBe(201, reply.Text);
    }

    [Theory]
    [InlineData("POST", "/api/items", "application/json")]
    [InlineData("PUT", "/api/drafts/x", "application/json")]
    [InlineData("POST", "/api/batch", "application/json")]
    [InlineData("POST", "/create-item", "application/x-www-form-urlencoded")]
    [InlineData("POST", "/create-item", "multipart/form-data; boundary=b")]
    [InlineData("POST", "/login", "application/x-www-form-urlencoded")]
    [InlineData("POST", "/api/login", "application/json")]
    public async Task A_body_that_does_not_end_is_cut_at_its_deadline(string method, string path, string type)
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { RequestSeconds = 1 });
        var ana = await app.SignIn();

        foreach (var length in new[] { "Content-Length: 100000", "Transfer-Encoding: chunked" })
        {
            using var slow = await HalfRequest.Send(app.Address, $"""
                {method} {path} HTTP/1.1
                Host: {app.Address.Authority}
                Cookie: {ana.CookieHeader}
                X-CSRFToken: {ana.Cookie("csrftoken")}
                X-Forwarded-For: {ana.Address}
                Content-Type: {type}
                {length}


                """);
            // The client sends fast enough for the minimum data rate, but the body never ends.
            using var sent = new CancellationTokenSource();
            var sending = Trickle(slow, sent.Token);
            var answer = await slow.Answer();
            await sent.CancelAsync();
            await sending;

            answer.ShouldStartWith("HTTP/1.1 408 ");
            answer.ShouldContain("Connection: close");
            answer.ShouldContain("\"timed_out\"");
        }
    }

    [Fact]
    public async Task A_head_that_does_not_end_is_cut_at_its_deadline()
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { RequestSeconds = 1 });
        using var slow = await HalfRequest.Send(app.Address, "POST /api/items HTTP/1.1\nHost: pacil\nX-Long: ");

        (await slow.Answer()).ShouldStartWith("HTTP/1.1 408 ");
    }

    [Fact]
    public async Task What_is_too_large_is_taken_and_thrown_away_for_a_moment_only()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var token = (await ana.CreateToken()).GetProperty("token").GetString();
        using var large = await HalfRequest.Send(app.Address, $"""
            POST /api/items HTTP/1.1
            Host: pacil
            Authorization: Bearer {token}
            Content-Type: application/json
            Content-Length: {1000L * Megabyte}


            """, Megabyte);
        (await large.Answer()).ShouldStartWith("HTTP/1.1 413 ");
        using var sent = new CancellationTokenSource();
        var sending = Trickle(large, sent.Token);

        string rest;
        do rest = await large.Answer();
        while (rest != "");
        await sent.CancelAsync();
        await sending;
    }

    [Fact]
    public async Task A_poor_line_that_is_done_before_the_deadline_is_served()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var token = (await ana.CreateToken()).GetProperty("token").GetString();
        var body = $$"""{"name":"Bolt","note":"{{new string('x', 40_000)}}"}""";
        using var slow = await HalfRequest.Send(app.Address, $"""
            POST /api/items HTTP/1.1
            Host: pacil
            Authorization: Bearer {token}
            Content-Type: application/json
            Content-Length: {body.Length}


            """);
        foreach (var piece in body.Chunk(4000))
        {
            await slow.Send(new string(piece));
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }

        (await slow.Answer()).ShouldStartWith("HTTP/1.1 201 ");
    }

    [Theory]
    [InlineData("POST /api/items", "application/json", "401")]
    [InlineData("POST /create-item", "application/x-www-form-urlencoded", "401")]
    [InlineData("POST /login", "application/x-www-form-urlencoded", "403")]
    [InlineData("POST /api/login", "application/json", "403")]
    [InlineData("POST /nothing", "application/x-www-form-urlencoded", "405")]
    [InlineData("PUT /login", "application/x-www-form-urlencoded", "405")]
    [InlineData("DELETE /api/register", "application/x-www-form-urlencoded", "405")]
    public async Task What_is_refused_whatever_it_says_is_not_waited_for(string request, string type, string status)
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        using var slow = await HalfRequest.Send(app.Address, $"""
            {request} HTTP/1.1
            Host: pacil
            X-Forwarded-For: 198.51.100.9
            Content-Type: {type}
            Content-Length: {Megabyte}


            """, 10);

        (await slow.Answer()).ShouldStartWith($"HTTP/1.1 {status} ");
    }

    [Fact]
    public async Task A_body_of_too_many_values_is_refused_before_it_takes_their_memory()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();

        (await ana.Post("/api/items", new { name = "Bolt", extra = new int[100_000] }))
            .ShouldBeProblem(400, "malformed");
        (await ana.Post("/api/items", new { name = "Bolt", extra = new int[40_000] })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Connections_and_web_sockets_are_so_many_and_no_more()
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { ConnectionsMax = 6 });
        var ana = await app.SignIn();
        var token = (await ana.CreateToken()).GetProperty("token").GetString();
        var sockets = new List<ClientWebSocket>();
        for (var n = 0; n < 6; n++) sockets.Add(await Open());
        var refused = await Should.ThrowAsync<WebSocketException>(Open);
        refused.Message.ShouldContain("503");
        foreach (var socket in sockets) socket.Dispose();

        var idle = new List<HalfRequest>();
        for (var n = 0; n < 20; n++) idle.Add(await HalfRequest.Send(app.Address, ""));
        var closed = idle.Select(connection => connection.Answer()).ToList();
        for (var n = 0; n < 14; n++)
        {
            var done = await Task.WhenAny(closed);
            (await done).ShouldBe("");
            closed.Remove(done);
        }
        (await ana.Get("/api/items")).Status.ShouldBe(200, "who has a connection goes on");
        foreach (var connection in idle) connection.Dispose();

        async Task<ClientWebSocket> Open()
        {
            var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await socket.ConnectAsync(new Uri($"ws://{app.Address.Authority}/api/feed"), Cancellation);
            return socket;
        }
    }

    private static async Task Trickle(HalfRequest request, CancellationToken end)
    {
        try
        {
            while (true)
            {
                await request.Send("100\r\n" + new string('x', 256) + "\r\n");
                await Task.Delay(TimeSpan.FromMilliseconds(100), end);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The server has responded and closed the connection.
        }
    }
}
