using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Pacil.Data;
using Pacil.Streaming.Presence;
using Pacil.Tests.Support;
using static Pacil.Tests.Streaming.Presence.OtherProcess;

namespace Pacil.Tests.Streaming.Presence;

/// <summary>Tests which presence messages a process accepts from other processes on the same database.</summary>
public sealed class PresencePeerTests
{
    [Fact]
    public Task So_many_people_of_other_processes_are_believed_and_no_more() => Beside(async (app, ana, hers, other) =>
    {
        app.Services.GetServices<IHostedService>().OfType<PresencePeers>().Single().LocationsMax = 3;
        PresenceMessage[] five = [.. Enumerable.Range(1001, 5).Select(n => Guest(ana, n))];
        other.Say([Begin, .. five, End(5)]);
        for (var n = 1001; n <= 1003; n++) (await Told(hers)).ShouldBe($"user_joined guest{n}");
        // A complete list replaces the earlier list: people who are missing from the new list have left. The limit of
        // three people still applies.
        other.Say([Begin, .. five[1..], End(4)]);
        (await Told(hers)).ShouldBe("user_left guest1001");
        other.Say([Guest(ana, 1009), five[2] with { Kind = PresenceMessageKind.Left }, Guest(ana, 1010)]);
        string[] told = [await Told(hers), await Told(hers), await Told(hers)];
        told.ShouldBe(["user_joined guest1009", "user_joined guest1010", "user_left guest1003"]);
        (await Users(hers)).ShouldBe(4);
    });

    [Fact]
    public Task What_is_no_place_and_no_name_is_not_believed() => Beside(async (_, ana, hers, other) =>
    {
        foreach (var (place, name) in new[]
                 {
                     ("shelf:1", "guest"), ($"item:{new string('1', 1000)}", "guest"), ("", "two words"),
                     ("", new string('x', 151)), ("", ""), (null, "guest"), ("", null),
                 })
            other.Broadcast(Guest(ana, 1001, place!, name!).ToJson());
        foreach (var text in new[]
                 {
                     "", "?", "{}", "[]", "7", "null", """{"kind":"arrived"}""", """{"kind":1}""",
                     """{"kind":"nonsense"}""", Guest(ana, 1001).ToJson().Replace("arrived", "list_wanted"),
                     Guest(ana, 1001).ToJson().Replace("1001", "\"x\""), Guest(ana, 1001).ToJson()[..^1],
                     Guest(ana, 1001).ToJson().Replace("\"place\":\"\",", ""),
                 })
            other.Broadcast(text);
        other.Broadcast(Guest(ana, 1001, "shelf:1").ToJson().Replace("arrived", "typing"));
        other.Say([Guest(ana, 1002)]);
        (await hers.NextOf("user_joined", "typing")).Data.GetProperty("username").GetString().ShouldBe("guest1002");
        (await Users(hers)).ShouldBe(2);
    });

    [Fact]
    public Task Only_so_many_processes_are_listened_to_and_a_question_is_answered_once_a_second() =>
        Beside(async (app, ana, hers, other) =>
        {
            await using var server = NpgsqlDataSource.Create(app.Postgres!);
            for (var n = 0; n < 150; n++) await Notify($"liar{n}", Guest(ana, 2000 + n).ToJson());
            await Notify("liar0", Guest(ana, 3000).ToJson());
            while ((await hers.NextOf("user_joined")).Data.GetProperty("username").GetString() != "guest3000")
            {
            }
            (await Users(hers)).ShouldBeInRange(100, 102, "a hundred processes, one of them with two people, and she");

            var statements = 0;
            other.Received += (_, line) => statements += line == Begin.ToJson() ? 1 : 0;
            var watch = Stopwatch.StartNew();
            while (Volatile.Read(ref statements) < 3 && watch.Elapsed < TimeSpan.FromSeconds(20))
                await Notify("liar0", new PresenceMessage(PresenceMessageKind.ListWanted).ToJson());
            statements.ShouldBe(3);
            watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(1.5));

            async Task Notify(string sender, string line)
            {
                await using var command = server.CreateCommand($"select pg_notify('pacil_talk', '{sender}:{line}')");
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }
        });

    /// <summary>
    /// Ana follows the feed at one process. The test sends presence messages as a second process on the same database
    /// would.
    /// </summary>
    private static async Task Beside(Func<TestApp, Person, FeedReader, Database, Task> then)
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        await using var app = await TestApp.Start(TestDatabase.Postgres);
        var ana = await app.SignIn();
        await using var hers = await FeedReader.Open(ana, Transport.WebSocket);
        await using var other = app.OpenDatabase();
        using var end = new CancellationTokenSource();
        var talking = other.Listen(_ => { }, end.Token);
        await BothListen(app.Postgres!);
        await then(app, ana, hers, other);
        await end.CancelAsync();
        await talking;
    }

    /// <summary>Waits until both processes receive messages, because a message that is sent earlier is lost.</summary>
    private static async Task BothListen(string postgres)
    {
        await using var server = NpgsqlDataSource.Create(postgres);
        await using var listeners = server.CreateCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and state = 'idle' "
            + "and query like 'listen %'");
        var watch = Stopwatch.StartNew();
        while (!Equals(await listeners.ExecuteScalarAsync(TestContext.Current.CancellationToken), 2L))
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    private static async Task<string> Told(FeedReader reader)
    {
        var frame = await reader.NextOf("user_joined", "user_left");
        return $"{frame.Event} {frame.Data.GetProperty("username").GetString()}";
    }

    private static async Task<int> Users(FeedReader reader) =>
        (await reader.Ask(new { @do = "here" })).GetProperty("user_count").GetInt32();
}
