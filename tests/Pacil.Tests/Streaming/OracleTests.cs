using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming;

/// <summary>
/// Several clients make random writes. Readers on every transport are disconnected, stall, or change their transport.
/// The server is killed, stopped and restarted. On PostgreSQL there are two servers, and the connections for their
/// signals are cut. At the end, every reader has received the stored entries 1, 2, 3 … up to the head, each exactly
/// once and in order. Every write that got a response is exactly one of these entries. The test prints its seed;
/// PACIL_TEST_SEED repeats the random choices of a run.
/// </summary>
public sealed class OracleTests
{
    private const int Writers = 4;
    private const int WritesMin = 50;
    private static readonly Transport?[] Readers =
        [Transport.WebSocket, Transport.EventStream, Transport.LongPoll, null, null];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public Task Ten_seconds_of_faults_lose_nothing(TestDatabase kind) => Run(kind, TimeSpan.FromSeconds(10));

    [Theory, Databases, Trait("Length", "long")]
    public Task Three_minutes_of_faults_lose_nothing(TestDatabase kind) => Run(kind, TimeSpan.FromMinutes(3));

    private static async Task Run(TestDatabase kind, TimeSpan duration)
    {
        var seed = Environment.GetEnvironmentVariable("PACIL_TEST_SEED") is { } given
            ? int.Parse(given) : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"PACIL_TEST_SEED={seed}");
        await using var place = await DataFixture.Make(kind);
        await using var first = await PacilProcess.Start(place.Folder, [.. place.Options, "--limits", "off"]);
        await using var second = kind == TestDatabase.Postgres
            ? await PacilProcess.Start(place.Folder, [.. place.Options, "--limits", "off"]) : null;
        PacilProcess[] servers = second is null ? [first] : [first, second];
        var ana = await first.SignIn("ana");
        Person[] seats = [.. servers.Select(server => new Person(server.Address, ana))];

        var answered = new ConcurrentDictionary<string, long>();
        using var harming = new CancellationTokenSource(duration);
        using var writing = new CancellationTokenSource();
        using var reading = new CancellationTokenSource();
        var readers = Readers.Select((transport, n) => new Reader(seats, transport, new Random(seed + n))).ToList();
        var reads = readers.Select(reader => reader.Run(reading.Token)).ToList();
        var writes = Enumerable.Range(0, Writers)
            .Select(n => Write(seats, n, new Random(seed - n - 1), answered, writing.Token)).ToList();
        await Harm(servers, place, seats, new Random(seed + 100), harming.Token);
        // The faults of a seed may leave hardly any time to write. The writers then go on without faults.
        var watch = Stopwatch.StartNew();
        while (answered.Count <= WritesMin && watch.Elapsed < TimeSpan.FromSeconds(30))
            await Task.Delay(50, Cancellation);
        await writing.CancelAsync();
        await Task.WhenAll(writes);

        await using var database = place.Open();
        var stored = await database.Read(connection => connection.Query<Told>(
            "select seq, kind, key from entry where feed_id = @Feed order by seq",
            new { Feed = ana.Workspace }), Cancellation);
        foreach (var reader in readers) await reader.Reaches(stored.Count);
        await reading.CancelAsync();
        await Task.WhenAll(reads);

        stored.Count.ShouldBeGreaterThan(WritesMin);
        stored.Select(entry => entry.Seq).ShouldBe(
            Enumerable.Range(1, stored.Count).Select(seq => (long)seq), $"seed {seed}");
        foreach (var reader in readers) reader.Heard.ShouldBe(stored, $"{reader}, seed {seed}");
        answered.Keys.Except(stored.Select(entry => entry.Key!)).ShouldBeEmpty($"seed {seed}");
        stored.GroupBy(entry => (entry.Key, entry.Kind)).Where(entries => entries.Count() > 1)
            .ShouldBeEmpty($"seed {seed}");
    }

    /// <summary>A log entry, as the database stores it or as a reader receives it.</summary>
    private sealed record Told
    {
        public required long Seq { get; init; }
        public required string Kind { get; init; }
        public string? Key { get; init; }
    }

    /// <summary>
    /// Runs one client that creates items, changes their amounts, and renames them. The client repeats each request
    /// with the same idempotency key until it gets a response.
    /// </summary>
    private static async Task Write(
        Person[] seats, int writer, Random random, ConcurrentDictionary<string, long> answered,
        CancellationToken enough)
    {
        var mine = new List<long>();
        for (var n = 0; !enough.IsCancellationRequested; n++)
        {
            var key = $"writer-{writer}-{n}";
            var what = mine.Count == 0 ? 0 : random.Next(4);
            var item = mine.Count == 0 ? 0 : mine[random.Next(mine.Count)];
            while (true)
            {
                var ana = seats[random.Next(seats.Length)];
                try
                {
                    var reply = what switch
                    {
                        0 => await ana.Post("/api/items", new { name = key, amount = 3, threshold = 2 },
                            ("Idempotency-Key", key)),
                        1 or 2 => await ana.Post($"/api/items/{item}/movements", new { delta = what == 1 ? 1 : -1 },
                            ("Idempotency-Key", key)),
                        _ => await ana.Patch($"/api/items/{item}", new { name = key }, ("Idempotency-Key", key)),
                    };
                    if (reply.Status is 503) continue;
                    if (reply.Status is 200 or 201) answered[key] = reply.Status;
                    if (what == 0) mine.Add(reply.Json.GetProperty("id").GetInt64());
                    break;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(20, Cancellation);
                }
            }
            await Task.Delay(random.Next(15), Cancellation);
        }
    }

    private static async Task Harm(
        PacilProcess[] servers, DataFixture place, Person[] seats, Random random, CancellationToken enough)
    {
        var halfOpen = new List<TcpClient>();
        while (!enough.IsCancellationRequested)
        {
            await Task.Delay(random.Next(300, 1500), Cancellation);
            var server = servers[random.Next(servers.Length)];
            switch (random.Next(4))
            {
                case 0:
                    server.Kill();
                    await server.Restart();
                    break;
                case 1:
                    (await server.Terminate()).ShouldBe(0);
                    await server.Restart();
                    break;
                case 2:
                    halfOpen.Add(await FaultInjection.NeverRead(seats[0], (Transport)random.Next(2)));
                    break;
                default:
                    if (place.Postgres is not null) await FaultInjection.Deafen(place.Postgres);
                    break;
            }
        }
        halfOpen.ForEach(client => client.Dispose());
    }

    /// <summary>
    /// Follows the feed from the beginning and reconnects after each disconnection. Records the entries exactly as they
    /// arrive, without removing duplicates or sorting.
    /// </summary>
    private sealed class Reader(Person[] seats, Transport? only, Random random)
    {
        private volatile int count;

        public List<Told> Heard { get; } = [];

        public override string ToString() => only?.ToString() ?? "any transport";

        public async Task Run(CancellationToken enough)
        {
            var cursor = "start";
            while (!enough.IsCancellationRequested)
            {
                using var cut = CancellationTokenSource.CreateLinkedTokenSource(enough);
                cut.CancelAfter(random.Next(100, 4000));
                var transport = only ?? (Transport)random.Next(3);
                try
                {
                    var seat = seats[random.Next(seats.Length)];
                    await foreach (var frame in FeedReader.Frames(seat, transport, $"after={cursor}&wait=2", cut.Token))
                    {
                        if (frame.Event is "reset" or "gone") throw new InvalidOperationException($"{frame}");
                        if (frame.Event == "entry")
                            Heard.Add(new() { Seq = frame.Seq, Kind = frame.Kind, Key = frame.Key });
                        count = Heard.Count;
                        cursor = frame.Id ?? cursor;
                        if (random.Next(200) == 0) await Task.Delay(random.Next(300), enough);
                    }
                }
                catch (Exception e) when (e is not InvalidOperationException)
                {
                    // The connection was cut, or the server was killed or stopped. The loop reconnects.
                    await Task.Delay(random.Next(50), CancellationToken.None);
                }
            }
        }

        public async Task Reaches(int head)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (count < head && !patience.IsCancellationRequested) await Task.Delay(20, CancellationToken.None);
        }
    }
}
