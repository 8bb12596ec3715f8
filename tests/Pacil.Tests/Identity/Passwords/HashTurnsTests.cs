using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Identity.Passwords;
using Pacil.Tests.Support;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.RateLimits;

namespace Pacil.Tests.Identity.Passwords;

/// <summary>The test with 400 guessers hashes passwords with as many rounds as in production.</summary>
[Collection<SerialTests>]
public sealed class HashTurnsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Whoever_is_known_signs_in_while_four_hundred_guess(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with
        {
            PasswordRounds = new Settings().PasswordRounds,
            SignInsPerMinute = 1000,
        });
        var ana = await app.SignIn();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var (refused, slowest) = (0, TimeSpan.Zero);
        var guessers = Enumerable.Range(0, 400)
            .Select(n => GuessOn(new Person(app.Address, $"192.0.{n / 250}.{n % 250}"))).ToList();
        var turns = app.Services.GetRequiredService<HashTurns>();
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (Volatile.Read(ref refused) == 0) await Task.Delay(20, limit.Token);
            for (var n = 0; n < 5; n++)
            {
                var watch = Stopwatch.StartNew();
                await ana.SignIn();
                if (watch.Elapsed > slowest) slowest = watch.Elapsed;
            }
            turns.PlaceCount.ShouldBeLessThanOrEqualTo(2 * HashTurns.PlacesMax);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(guessers);
        }

        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(8));

        async Task GuessOn(Person guesser)
        {
            for (var n = 0; !end.IsCancellationRequested; n++)
            {
                var reply = await guesser.Post(
                    "/api/login", new { username = $"{guesser.Address}-{n}", password = "not that" });
                reply.Status.ShouldBeOneOf(401, 503);
                if (reply.Status == 401) continue;
                // With so many guessers, some wait in vain for a place, and some for a database connection.
                var code = reply.Json.GetProperty("code").GetString()!;
                code.ShouldBeOneOf("unavailable", "took_too_long");
                reply.ShouldBeProblem(503, code).Header("Retry-After").ShouldNotBeNull();
                Interlocked.Increment(ref refused);
                await Task.Delay(100, Cancellation);
            }
        }
    }

    [Fact]
    public async Task Known_people_go_first_strangers_get_one_turn_in_four_and_nobody_takes_all_places()
    {
        var turns = new HashTurns(new Settings(), TimeProvider.System);
        using var hold = new SemaphoreSlim(0);
        var (order, running) = (new List<string>(), new List<Task>());
        void Ask(HashRequester asker, string name) => running.Add(turns.Run(turns.Enter(asker), () =>
        {
            if (name == "") hold.Wait();
            lock (order) order.Add(name);
            return 0;
        }, Cancellation));
        Ask(HashRequester.Console, "");
        Ask(HashRequester.Console, "");
        for (var n = 0; n < 8; n++) Ask(Stranger(n), "stranger");
        for (var n = 0; n < 8; n++) Ask(HashRequester.Known(n % 2), "known");

        // Frees one of the two slots. The waiting requests then run one after another in the freed slot.
        hold.Release();
        await Task.WhenAll(running.Skip(2));
        hold.Release();
        await Task.WhenAll(running);

        order.Skip(1).Take(10).Count(name => name == "known").ShouldBe(8);
        order.Skip(1).Take(8).Count(name => name == "stranger").ShouldBe(2);
    }

    [Fact]
    public void Places_are_few_for_one_account_one_address_one_site_and_all()
    {
        var turns = new HashTurns(new Settings(), TimeProvider.System);
        Fill(() => HashRequester.Known(1)).ShouldBe((8, 429));
        Fill(() => Stranger(1)).ShouldBe((16, 429));
        var n = 100;
        Fill(() => new HashRequester(null, new Peer(PeerKind.IPv6, (ulong)n++), new Peer(PeerKind.Site, 7)))
            .ShouldBe((64, 429));
        Fill(() => Stranger(n++)).ShouldBe((HashTurns.PlacesMax - 16 - 64, 503));
        Fill(() => HashRequester.Known(n++)).ShouldBe((HashTurns.PlacesMax - 8, 503));

        (int, int) Fill(Func<HashRequester> asker)
        {
            for (var taken = 0; ; taken++)
                try
                {
                    turns.Enter(asker());
                }
                catch (ProblemException e)
                {
                    e.Problem.RetryAfterSeconds.ShouldBe(1);
                    return (taken, e.Problem.Status);
                }
        }
    }

    private static HashRequester Stranger(int n)
    {
        var peer = new Peer(PeerKind.IPv4, (ulong)n);
        return new HashRequester(null, peer, peer);
    }
}
