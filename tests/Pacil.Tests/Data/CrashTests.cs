using System.Collections.Concurrent;
using Pacil.Data;
using Pacil.Tests.Support;

namespace Pacil.Tests.Data;

/// <summary>
/// The real executable is killed several times under load. A client that gets no response repeats its request with the
/// same idempotency key. At the end, every write that got a response is stored exactly once.
/// </summary>
public sealed class CrashTests
{
    private const int Clients = 8;
    private static readonly TimeSpan BetweenKills = TimeSpan.FromMilliseconds(400);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public Task Kills_lose_nothing_that_was_answered_and_double_nothing(TestDatabase kind) => Crash(kind, kills: 4);

    [Theory, Databases, Trait("Length", "long")]
    public Task Twenty_kills_lose_no_more(TestDatabase kind) => Crash(kind, kills: 20);

    private static async Task Crash(TestDatabase kind, int kills)
    {
        await using var place = await DataFixture.Make(kind);
        await using var pacil = await PacilProcess.Start(place.Folder, [.. place.Options, "--limits", "off"]);
        var ana = await pacil.SignIn("ana");
        var shared = await ana.CreateItem("Shared", 1_000_000);

        var answered = new ConcurrentDictionary<string, int>();
        using var enough = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(n => Keep(ana, n, shared, answered, enough.Token)).ToList();
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(BetweenKills, Cancellation);
            pacil.Kill();
            await pacil.Restart();
        }
        await enough.CancelAsync();
        await Task.WhenAll(clients);
        await pacil.Terminate();

        await using var database = place.Open();
        var entries = await database.Read(connection => connection.Query<Entry>(
            """
            select feed_id, seq, mark, at, actor_id, '' as actor_name, kind, subject_type, subject_id, version, key,
              data
            from entry where feed_id = @Feed order by seq
            """, new { Feed = ana.Workspace }), Cancellation);
        answered.Count.ShouldBeGreaterThan(kills);
        answered.Values.ShouldAllBe(status => status == 201);
        entries.Select(entry => entry.Seq).ShouldBe(Enumerable.Range(1, entries.Count).Select(seq => (long)seq));
        entries.Skip(1).Select(entry => entry.Key).Order().ShouldBe(answered.Keys.Order());
        (await AmountsAreSums(database)).ShouldBeTrue();
    }

    /// <summary>Runs one client. It sends the next request only after the response to the previous request.</summary>
    private static async Task Keep(
        Person ana, int client, long shared, ConcurrentDictionary<string, int> answered, CancellationToken enough)
    {
        for (var n = 0; !enough.IsCancellationRequested; n++)
        {
            var key = $"client-{client}-{n}";
            while (!answered.ContainsKey(key))
                try
                {
                    var reply = n % 2 == 0
                        ? await ana.Post("/api/items", new { name = key, amount = n }, ("Idempotency-Key", key))
                        : await ana.Post(
                            $"/api/items/{shared}/movements", new { delta = -1 }, ("Idempotency-Key", key));
                    if (reply.Status != 503) answered[key] = reply.Status;
                }
                catch (HttpRequestException)
                {
                    // The server was killed before it responded. The client cannot know whether the write took effect,
                    // so it repeats the request.
                    await Task.Delay(10, Cancellation);
                }
        }
    }

    private static async Task<bool> AmountsAreSums(Database database) => await database.Read(
        connection => connection.First<long>(
            """
            select count(*) from item
            where amount <> coalesce((select sum(delta) from movement where item_id = item.id), 0)
               or amount <> coalesce((select sum(amount) from balance where item_id = item.id), 0)
            """), Cancellation) == 0;
}
