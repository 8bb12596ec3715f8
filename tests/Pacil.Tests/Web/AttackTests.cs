using System.Diagnostics;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web;

/// <summary>
/// Tests the limits of docs/operating/limits.md together: runs all attacks concurrently against the default limits.
/// </summary>
[Collection<SerialTests>]
[Trait("Length", "long")]
public sealed class AttackTests
{
    private const long HeapBytesMax = 256L << 20;
    private const long ResidentBytesMax = 512L << 20;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    [Theory, Databases]
    public async Task A_process_of_256_MB_answers_through_ten_minutes_of_attacks(TestDatabase database)
    {
        await using var place = await DataFixture.Make(database);
        await using var server = await PacilProcess.Start(HeapBytesMax, place.Folder, place.Options);
        var (attacker, other) = (await server.SignIn("attacker"), await server.SignIn("other"));
        for (var n = 0; n < 50; n++) await other.CreateItem($"Bolt {n}");
        var attacks = new Attacks(server.Address, attacker);
        await attacks.Prepare();
        // The baseline is the memory after a first run of all attacks, when the code is compiled and the pools are
        // filled.
        await attacks.Run(WarmUp, _ => Task.CompletedTask);
        var before = await Settled(server);

        var (times, resident) = (new List<double>(), new List<long>());
        await attacks.Run(Length, end => Task.Factory.StartNew(
            () => Watch(server, other, times, resident, end), end, TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        var after = await Settled(server);

        times.Sort();
        var p95 = times[times.Count * 95 / 100];
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{attacks.Requests} requests; the other's list: {times.Count} answers, "
            + $"p95 {p95:0} ms, longest {times[^1]:0} ms; "
            + $"resident {before >> 20} MB before, {resident.Max() >> 20} MB at most, {after >> 20} MB after");
        resident.Max().ShouldBeLessThan(ResidentBytesMax);
        p95.ShouldBeLessThan(100);
        after.ShouldBeLessThan(before * 5 / 4);
    }

    /// <summary>
    /// Runs on a thread of its own, so that the measured delays are those of the server and not those of the test
    /// process.
    /// </summary>
    private static void Watch(
        PacilProcess server, Person other, List<double> times, List<long> resident, CancellationToken end)
    {
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Add("Cookie", other.CookieHeader);
        var sampled = -1;
        for (var watch = Stopwatch.StartNew(); !end.WaitHandle.WaitOne(250);)
        {
            var started = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/items");
            using var reply = http.Send(request, CancellationToken.None);
            reply.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if ((int)watch.Elapsed.TotalSeconds == sampled) continue;
            sampled = (int)watch.Elapsed.TotalSeconds;
            resident.Add(server.ResidentBytes());
        }
    }

    /// <summary>The server's memory after an idle minute. In that minute, the server returns unused memory.</summary>
    private static async Task<long> Settled(PacilProcess server)
    {
        await Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return server.ResidentBytes();
    }
}
