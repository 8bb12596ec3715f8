using System.Diagnostics;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web;

/// <summary>docs/operating/limits.md as a whole: everything at once, with the limits as they are shipped.</summary>
[Collection<Alone>]
[Trait("Length", "long")]
public sealed class AttackTests
{
    private const long HeapBytesMax = 256L << 20;
    private const long ResidentBytesMax = 512L << 20;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    [Theory, Databases]
    public async Task A_process_of_256_MB_answers_through_ten_minutes_of_attacks(TestDatabase database)
    {
        await using var place = await TestPlace.Make(database);
        await using var server = await PacilProcess.Start(HeapBytesMax, place.Folder, place.Options);
        var (attacker, other) = (await server.SignIn("attacker"), await server.SignIn("other"));
        for (var n = 0; n < 50; n++) await other.CreateItem($"Bolt {n}");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var attacks = new Attacks(server.Address, attacker, end.Token);
        await attacks.Prepare();
        var before = server.ResidentBytes();

        var (times, resident) = (new List<double>(), new List<long>());
        var attacking = attacks.Run();
        try
        {
            await Task.Factory.StartNew(
                () => Watch(server, other, times, resident, end.Token), end.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            await end.CancelAsync();
            await attacking;
        }
        var after = await Settled(server, before);

        times.Sort();
        var p95 = times[times.Count * 95 / 100];
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{attacks.Requests} requests; the other's list: {times.Count} answers, p95 {p95:0} ms, longest {times[^1]:0} ms; "
            + $"resident {before >> 20} MB before, {resident.Max() >> 20} MB at most, {after >> 20} MB after");
        resident.Max().ShouldBeLessThan(ResidentBytesMax);
        p95.ShouldBeLessThan(100);
        after.ShouldBeLessThan(before * 3 / 2);
    }

    /// <summary>On a thread of its own, so that what it waits for is the server and not this process.</summary>
    private static void Watch(PacilProcess server, Person other, List<double> times, List<long> resident, CancellationToken end)
    {
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Add("Cookie", other.CookieHeader);
        var sampled = -1;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Length && !end.WaitHandle.WaitOne(250);)
        {
            var started = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/items");
            using var reply = http.Send(request, end);
            reply.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if ((int)watch.Elapsed.TotalSeconds == sampled) continue;
            sampled = (int)watch.Elapsed.TotalSeconds;
            resident.Add(server.ResidentBytes());
        }
    }

    /// <summary>Waits for its memory to come back, for a minute at most.</summary>
    private static async Task<long> Settled(PacilProcess server, long before)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromMinutes(1);)
        {
            if (server.ResidentBytes() < before * 5 / 4) break;
            await Task.Delay(1_000, TestContext.Current.CancellationToken);
        }
        return server.ResidentBytes();
    }
}
