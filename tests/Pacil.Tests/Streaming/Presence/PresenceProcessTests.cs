using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pacil.Streaming.Presence;
using Pacil.Tests.Support;
using static Pacil.Tests.Streaming.Presence.OtherProcess;

namespace Pacil.Tests.Streaming.Presence;

/// <summary>
/// Users of one process see users of another process on the same database as present, until the other process ends.
/// </summary>
public sealed class PresenceProcessTests
{
    [Fact]
    public Task Whoever_is_here_by_another_process_is_here_and_goes_with_it_when_it_stops() =>
        Together(async (two, hers, _) =>
        {
            var watch = Stopwatch.StartNew();
            (await two.Terminate()).ShouldBe(0);
            string?[] places = [await Left(), await Left()];
            places.ShouldBe(["room:lobby", null], ignoreOrder: true);
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            (await Here(hers)).ShouldBe((1, 0));

            async Task<string?> Left() => (await hers.Next("user_left")).Data.GetProperty("place").GetString();
        });

    [Fact]
    public Task Whoever_has_another_name_has_it_in_every_process() => Together(async (two, hers, budi) =>
    {
        (await budi.Patch("/api/me", new { username = "budiman" })).Status.ShouldBe(200);
        (await Joined(hers), await Joined(hers)).ShouldBe(("budiman", "budiman"));
        (await Here(hers)).ShouldBe((2, 1));
        await two.Terminate();
        (await Gone(hers), await Gone(hers)).ShouldBe(("budiman", "budiman"));
    });

    [Fact, Trait("Length", "long")]
    public Task The_people_of_a_process_that_was_killed_are_gone_after_half_a_minute() =>
        Together(async (two, hers, _) =>
        {
            var watch = Stopwatch.StartNew();
            two.Kill();
            while (watch.Elapsed < TimeSpan.FromSeconds(20))
                (await Here(hers)).ShouldBe((2, 1), "it may yet say something");
            while (await Here(hers) != (1, 0)) watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(36));
        });

    [Fact]
    public async Task A_process_that_falls_silent_is_dropped_and_one_that_lost_a_line_is_not()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        await using var app = await TestApp.Start(TestDatabase.Postgres);
        var ana = await app.SignIn();
        var peers = app.Services.GetServices<IHostedService>().OfType<PresencePeers>().Single();
        await using var hers = await FeedReader.Open(ana, Transport.WebSocket);
        // Sends presence messages as another process on the same database would.
        await using var other = app.OpenDatabase();
        using var end = new CancellationTokenSource();
        var talking = other.Listen(_ => { }, end.Token);
        other.Say(Begin, Guest(ana, 1001), Guest(ana, 1002), End(2));
        (await Joined(hers), await Joined(hers)).ShouldBe(("guest1001", "guest1002"));
        other.Say(Begin, Guest(ana, 1001), End(2), Begin, Guest(ana, 1002), Guest(ana, 1003), End(2));
        // The first list announces two people but contains one, so it removes nobody. The second list is complete, so
        // guest1001 has left.
        (await Joined(hers), await Gone(hers)).ShouldBe(("guest1003", "guest1001"));

        peers.SilenceMax = TimeSpan.FromSeconds(1);
        (await Gone(hers), await Gone(hers)).ShouldBe(("guest1002", "guest1003"));
        await end.CancelAsync();
        await talking;
    }

    /// <summary>Ana follows the feed at one process. Budi is in a room at another process.</summary>
    private static async Task Together(Func<PacilProcess, FeedReader, Person, Task> then)
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        await using var place = await DataFixture.Make(TestDatabase.Postgres);
        await using var one = await PacilProcess.Start(place.Folder, [.. place.Options, "--limits", "off"]);
        var ana = await one.SignIn("ana");
        await using var hers = await FeedReader.Open(ana, Transport.WebSocket);
        await using var two = await PacilProcess.Start(place.Folder, [.. place.Options, "--limits", "off"]);
        var budi = await two.SignIn("budi");
        await ana.Admit(budi);
        (await hers.Next()).Kind.ShouldBe("member_joined");

        await using var his = await FeedReader.Open(budi, Transport.WebSocket, $"follow={ana.Workspace}");
        (await Joined(hers)).ShouldBe("budi");
        (await Here(his)).ShouldBe((2, 0));
        await his.Ask(new { @do = "join", room = "lobby" });
        (await hers.Next("user_joined")).Data.GetProperty("place").GetString().ShouldBe("room:lobby");
        await his.Ask(new { @do = "typing", room = "lobby" });
        (await hers.Next("typing")).Data.GetProperty("username").GetString().ShouldBe("budi");
        await then(two, hers, budi);
    }

    /// <summary>
    /// Asks how many people are present in the workspace and how many of its presence locations are occupied.
    /// </summary>
    private static async Task<(int Users, int Places)> Here(FeedReader reader)
    {
        await Task.Delay(50);
        var here = await reader.Ask(new { @do = "here" });
        return (here.GetProperty("user_count").GetInt32(), here.GetProperty("places").EnumerateObject().Count());
    }

    private static async Task<string?> Joined(FeedReader reader) =>
        (await reader.Next("user_joined")).Data.GetProperty("username").GetString();

    private static async Task<string?> Gone(FeedReader reader) =>
        (await reader.Next("user_left")).Data.GetProperty("username").GetString();
}
