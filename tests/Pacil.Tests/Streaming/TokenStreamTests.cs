using System.Diagnostics;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Streaming;
using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming;

/// <summary>Client programs follow the feed with a token until the token ends.</summary>
public sealed class TokenStreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<TestDatabase, Transport> Everywhere => [.. EveryTransport(Enum.GetValues<Transport>())];

    public static TheoryData<TestDatabase, Transport> Streams =>
        [.. EveryTransport([Transport.WebSocket, Transport.EventStream])];

    /// <summary>A client that is not a browser sends no <c>Origin</c> header with its WebSocket handshake.</summary>
    [Theory, MemberData(nameof(Everywhere))]
    public async Task A_token_that_may_read_follows_by_every_transport(TestDatabase database, Transport transport)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var program = ana.Program((await ana.CreateToken("read")).GetProperty("token").GetString()!);
        await using var reader = await FeedReader.Open(program, transport, "after=start");
        await ana.CreateItem("Bolt");
        (await reader.Next()).Kind.ShouldBe("item_created");
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task A_stream_ends_when_its_token_is_revoked(TestDatabase database, Transport transport)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var token = await ana.CreateToken("read");
        await using var reader = await FeedReader.Open(ana.Program(token.GetProperty("token").GetString()!), transport);
        await using var own = await FeedReader.Open(ana, transport);
        var watch = Stopwatch.StartNew();

        (await ana.Delete($"/api/tokens/{token.GetProperty("id").GetInt64()}")).Status.ShouldBe(204);

        (await reader.Rest())[^1].Data.GetProperty("reason").GetString().ShouldBe("signed_out");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        await ana.CreateItem("Seen by others");
        (await own.Next()).Kind.ShouldBe("item_created");
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task A_stream_ends_when_its_token_expires(TestDatabase database, Transport transport)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var token = await ana.CreateToken("read");
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "update api_token set expires_at = @Soon where account_id = @Id",
            new { Soon = tx.Now.AddSeconds(3), ana.Id }), Cancellation);
        var watch = Stopwatch.StartNew();
        await using var reader = await FeedReader.Open(ana.Program(token.GetProperty("token").GetString()!), transport);

        (await reader.Rest())[^1].Data.GetProperty("reason").GetString().ShouldBe("signed_out");
        watch.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
    }

    [Theory, Databases]
    public async Task A_new_password_ends_the_streams_of_every_token(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var program = ana.Program((await ana.CreateToken()).GetProperty("token").GetString()!);
        await using var reader = await FeedReader.Open(program, Transport.EventStream);

        await ana.Post("/api/me/password", new { current_password = TestApp.Password, password = "green-heron-17" });

        (await reader.Rest())[^1].Data.GetProperty("reason").GetString().ShouldBe("signed_out");
    }

    [Theory, Databases]
    public async Task What_happens_after_the_revocation_is_not_told_to_who_waits_for_it(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        var token = await ana.CreateToken("read");
        var waiting = ana.Program(token.GetProperty("token").GetString()!).Get("/api/feed?wait=30");
        var broadcaster = app.Services.GetRequiredService<Broadcaster>();
        var watch = Stopwatch.StartNew();
        while (broadcaster.SubscriberCount == 0) watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));

        await ana.Delete($"/api/tokens/{token.GetProperty("id").GetInt64()}");
        await ana.CreateItem("Secret");

        (await waiting).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Who_waits_for_something_is_sent_away_when_the_token_ends_and_not_later()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var (revoked, expired) = (await ana.CreateToken("read"), await ana.CreateToken("read"));
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "update api_token set expires_at = @Soon where id = @Id",
            new { Soon = tx.Now.AddSeconds(2), Id = expired.GetProperty("id").GetInt64() }), Cancellation);
        var watch = Stopwatch.StartNew();
        var waiting = Task.WhenAll(new[] { revoked, expired }.Select(token =>
            ana.Program(token.GetProperty("token").GetString()!).Get("/api/feed?wait=50")));
        // The end of a token must not end another waiting request of the same account.
        var own = ana.Get("/api/feed?wait=50");
        var broadcaster = app.Services.GetRequiredService<Broadcaster>();
        while (broadcaster.SubscriberCount < 3) watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));

        await ana.Delete($"/api/tokens/{revoked.GetProperty("id").GetInt64()}");
        foreach (var answer in await waiting) answer.ShouldBeProblem(401, "not_signed_in");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        own.IsCompleted.ShouldBeFalse();
        await ana.CreateItem("Bolt");
        (await own).Json.GetProperty("entries").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_socket_by_a_bad_token_is_refused()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", ana.CookieHeader);
        socket.Options.SetRequestHeader("Authorization", $"Bearer pacil_{new string('A', 43)}");
        socket.Options.CollectHttpResponseDetails = true;
        await Should.ThrowAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri($"ws://{ana.Site.Authority}/api/feed"), Cancellation));
        socket.HttpStatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    private static IEnumerable<TheoryDataRow<TestDatabase, Transport>> EveryTransport(Transport[] transports) =>
        from database in Enum.GetValues<TestDatabase>()
        from transport in transports
        select new TheoryDataRow<TestDatabase, Transport>(database, transport)
        {
            Skip = database == TestDatabase.Postgres && DatabasesAttribute.Server is null
                ? DatabasesAttribute.None : null,
        };
}
