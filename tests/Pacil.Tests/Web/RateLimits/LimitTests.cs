using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Tests.Support;
using Pacil.Web.RateLimits;

namespace Pacil.Tests.Web.RateLimits;

/// <summary>Limits on the rate and on the number of concurrent requests, for strangers and for accounts.</summary>
public sealed class LimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/login", 50)]
    [InlineData("/api/register", 100)]
    [InlineData("/api/me", 200)]
    public async Task A_site_of_many_networks_tries_as_often_as_five_addresses(string path, int most)
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => path == "/api/me" ? settings with { RequestsPerMinute = 40 } : settings);
        var statuses = new List<int>();
        for (var n = 0; n < most + 20; n++)
        {
            var stranger = new Person(app.Address, $"2001:db8:77:{n:x}::1");
            var reply = path == "/api/me" ? await stranger.Get(path) : await stranger.Post(path, new { username = "" });
            statuses.Add(reply.Status);
        }

        statuses.Count(status => status != 429).ShouldBe(most);
        statuses.Skip(most).ShouldAllBe(status => status == 429);
        (await new Person(app.Address, "2001:db8:78::1").Get("/api/me")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Whatever_searches_counts_as_a_search()
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { SearchesPerMinute = 16 });
        var ana = await app.SignIn();
        await ana.CreateItem("Bolt");
        var w = $"/w/{ana.Workspace}";
        string[] paths =
        [
            "/api/items?search=bolt", $"/api{w}/items?SEARCH=bolt", "/api/search?q=bolt", $"/api{w}/search?q=bolt",
            "/api/autocomplete?q=bo", $"/api{w}/autocomplete?q=bo", "/api/users?search=ana",
        ];
        string[] pages = ["/?search=bolt", $"{w}/?search=bolt", "/admin?search=ana",
            "/bulk?all=true&search=bolt&change=receive&value=1"];
        foreach (var path in paths) (await ana.Get(path)).Status.ShouldBe(200, path);
        foreach (var page in pages) (await ana.Page(page)).Status.ShouldBe(200, page);
        var bulk = new { filter = new { search = "bolt" }, change = new { delta = 1 } };
        (await ana.Post("/api/items/bulk", new { bulk.filter, bulk.change, preview = true })).Status.ShouldBe(200);
        (await ana.Post("/api/items/bulk", bulk)).Status.ShouldBe(200);
        (await ana.SubmitForm("/bulk", ("all", "true"), ("search", "bolt"), ("change", "receive"), ("value", "1")))
            .Status.ShouldBe(303);
        (await ana.Post("/api/batch", new { requests = new[] { new { path = paths[0] }, new { path = paths[2] } } }))
            .Json.GetProperty("responses").EnumerateArray().Select(part => part.GetProperty("status").GetInt32())
            .ShouldBe([200, 200]);

        foreach (var path in paths)
            (await ana.Get(path)).ShouldBeProblem(429, "too_many_requests").Header("Retry-After").ShouldBe("10");
        foreach (var page in pages) (await ana.Page(page)).Status.ShouldBe(429, page);
        (await ana.Post("/api/items/bulk", new { bulk.filter, bulk.change, preview = true })).Status.ShouldBe(429);
        (await ana.Post("/api/items/bulk", bulk)).ShouldBeProblem(429, "too_many_requests");
        (await ana.SubmitForm("/bulk", ("all", "true"), ("search", "bolt"), ("change", "receive"), ("value", "1")))
            .Status.ShouldBe(429);
        var part = (await ana.Post("/api/batch", new { requests = new[] { new { path = paths[0] } } })).Json
            .GetProperty("responses")[0];
        part.GetProperty("status").GetInt32().ShouldBe(429);
        part.GetProperty("headers").GetProperty("Retry-After").GetString().ShouldBe("10");

        (await ana.Get("/api/items?search=")).Status.ShouldBe(200);
        (await ana.Post("/api/items?search=bolt", new { name = "Nut" })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Two_searches_of_an_account_run_at_once_and_others_wait_for_a_while()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var turns = app.Services.GetRequiredService<SearchTurns>();
        using var first = await turns.Take(Peer.Account(ana.Id), Cancellation);
        var second = await turns.Take(Peer.Account(ana.Id), Cancellation);

        (await ana.Get("/api/items?search=x")).ShouldBeProblem(429, "too_many_requests")
            .Header("Retry-After").ShouldBe("1");
        (await budi.Get("/api/items?search=x")).Status.ShouldBe(200);
        (await ana.Get("/api/items")).Status.ShouldBe(200);

        var waiting = ana.Get("/api/search?q=x");
        second.Dispose();
        (await waiting).Status.ShouldBe(200);
    }

    /// <summary>
    /// A bulk change with a search waits for a search slot, also if it is sent as a form or as a part of a batch. The
    /// parts of an atomic batch share one slot.
    /// </summary>
    [Fact]
    public async Task A_change_of_all_that_a_search_finds_waits_for_its_turn_as_a_search_does()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        await ana.CreateItem("Bolt", 5);
        var turns = app.Services.GetRequiredService<SearchTurns>();
        var bulk = new { filter = new { search = "bolt" }, change = new { delta = 1 } };
        var part = new { method = "POST", path = "/api/items/bulk", body = bulk };
        (await Batch(false)).Status.ShouldBe(200);
        (await Batch(true)).Status.ShouldBe(200);
        using (await turns.Take(Peer.Account(ana.Id), Cancellation))
        {
            using var second = await turns.Take(Peer.Account(ana.Id), Cancellation);
            var refused = await Task.WhenAll(
                ana.Post("/api/items/bulk", bulk),
                ana.SubmitForm("/bulk", ("all", "true"), ("search", "bolt"), ("change", "receive"), ("value", "1")));
            refused.Select(reply => reply.Status).ShouldBe([429, 429]);
            (await Batch(true)).ShouldBeProblem(409, "batch_failed")
                .Json.GetProperty("responses")[0].GetProperty("status").GetInt32().ShouldBe(429);
            (await ana.Post("/api/items/bulk", new { filter = new { low = false }, bulk.change })).Status.ShouldBe(
                200, "it searches for nothing");
        }
        (await ana.Post("/api/items/bulk", bulk)).Status.ShouldBe(200);
        (await ana.Get("/api/items")).Json[0].GetProperty("amount").GetInt64().ShouldBe(5 + 3 + 3 + 1 + 1);

        Task<Reply> Batch(bool atomic) => ana.Post("/api/batch", new { atomic, requests = new[] { part, part, part } });
    }

    [Fact]
    public async Task Searches_of_everybody_run_a_few_at_once_too()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var turns = app.Services.GetRequiredService<SearchTurns>();
        var held = new List<IDisposable>();
        for (var n = 0; n < Math.Max(4, 2 * Environment.ProcessorCount); n++)
            held.Add(await turns.Take(Peer.Account(-n - 1), Cancellation));

        (await ana.Get("/api/items?search=x")).ShouldBeProblem(503, "unavailable").Header("Retry-After").ShouldBe("1");
        foreach (var turn in held) turn.Dispose();
        (await ana.Get("/api/items?search=x")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("one account", 3)]
    [InlineData("one address", 5)]
    [InlineData("one site", 20)]
    public async Task So_many_requests_are_open_at_once_and_each_gives_its_place_back(string who, int most)
    {
        // The test repeats refused requests more often than the default rate limits allow.
        await using var app = await TestApp.Start(TestDatabase.Sqlite, settings => settings with
        {
            RequestsAtOncePerAccount = 3,
            RequestsAtOncePerAddress = 5,
            SignInsPerMinute = 100_000,
            RequestsPerMinute = 100_000,
        });
        var ana = await app.SignIn();
        var (begun, end) = (new SemaphoreSlim(0), new TaskCompletionSource());
        var askers = Enumerable.Range(0, most).Select(Asker).ToList();
        var open = askers.Select(Open).ToList();
        var last = Asker(most);
        // Waits until all open requests have a slot. A request that is sent before that moment could take one of the
        // slots.
        for (var n = 0; n < most; n++) (await begun.WaitAsync(TimeSpan.FromSeconds(20), Cancellation)).ShouldBeTrue();
        await Task.Delay(500, Cancellation);

        var refused = await Until(AskWhileAllAreOpen, reply => reply.Status == 429);
        refused.ShouldBeProblem(429, "too_many_requests").Header("Retry-After").ShouldBe("1");
        (await app.Stranger().Get("/api/me")).Status.ShouldBe(401);

        end.SetResult();
        foreach (var reply in await Task.WhenAll(open)) reply.Status.ShouldBe(400);
        (await Until(() => last.Get("/api/me"), reply => reply.Status != 429)).Status.ShouldBeOneOf(200, 401);

        Person Asker(int n) => who switch
        {
            "one account" => app.As(ana),
            "one address" => new Person(app.Address, "192.0.2.7"),
            _ => new Person(app.Address, $"2001:db8:9:{n:x}::1"),
        };

        Task<Reply> Open(Person asker) => asker.Send(HttpMethod.Post, "/api/login", new EndlessBody(begun, end.Task));

        // The request for the CSRF token can hold its slot for a moment after its response. An open request might
        // therefore be refused. In this case, the test sends the open request again.
        async Task<Reply> AskWhileAllAreOpen()
        {
            for (var n = 0; n < most; n++)
                if (open[n].IsCompleted) open[n] = Open(askers[n]);
            return await last.Get("/api/items");
        }
    }

    [Fact]
    public async Task Without_limits_there_are_none()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite, settings => settings with
        {
            Limits = "off",
            RequestsAtOncePerAddress = 0,
            SearchesPerMinute = 0,
            SignInsPerMinute = 0,
            StreamsPerProcess = 0,
        });
        var ana = await app.SignIn();
        (await ana.Get("/api/items?search=x")).Status.ShouldBe(200);
        (await ana.Get("/api/feed?wait=0")).Status.ShouldBe(200);
    }

    private static async Task<Reply> Until(Func<Task<Reply>> ask, Func<Reply, bool> isIt)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var reply = await ask();
            if (isIt(reply)) return reply;
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>A JSON body that ends when the test completes a task.</summary>
    private sealed class EndlessBody : HttpContent
    {
        private readonly SemaphoreSlim begun;
        private readonly Task end;

        public EndlessBody(SemaphoreSlim begun, Task end)
        {
            (this.begun, this.end) = (begun, end);
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            // The write is so large that the client sends it immediately instead of buffering it.
            await stream.WriteAsync(new byte[32 * 1024]);
            await stream.FlushAsync();
            begun.Release();
            await end;
        }

        protected override bool TryComputeLength(out long length) => (length = 0) > 0;
    }
}
