using System.Diagnostics;
using Pacil.Data;
using Pacil.Data.Postgres;
using Pacil.Tests.Support;

namespace Pacil.Tests.Data.Postgres;

/// <summary>PgBouncer runs in transaction mode between Pacil and PostgreSQL.</summary>
public sealed class PoolerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// Runs with and without a direct connection to PostgreSQL beside the pooler. Without a direct connection, each
    /// process polls the database every second.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_processes_behind_a_pooler_show_what_either_writes(bool hasDirect)
    {
        await using var place = await Place();
        await using var pooler = await Pooler.Start(place.Postgres!);
        string[] options = ["--database", pooler.Address, .. hasDirect
            ? ["--database-direct", place.Postgres!] : Array.Empty<string>()];
        await using var one = await PacilProcess.Start(place.Folder, options);
        await using var two = await PacilProcess.Start(place.Folder, options);
        var ana = await one.SignIn("ana");
        var elsewhere = new Person(two.Address, "127.0.0.1");
        await elsewhere.SignInAs("ana");
        await using var reader = await FeedReader.Open(elsewhere, Transport.WebSocket);
        for (var n = 0; n < 60; n++) await ana.CreateItem($"Bolt {n}");
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < 60; n++) (await reader.Next()).Seq.ShouldBe(n + 1);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));

        (await one.Terminate()).ShouldBe(0);
        (await two.Terminate()).ShouldBe(0);
        foreach (var log in new[] { await one.Log(), await two.Log() })
        {
            log.ShouldNotContain("reconnecting");
            log.Contains("--database-direct").ShouldBe(!hasDirect, log);
        }
    }

    [Fact]
    public async Task Prepared_statements_that_it_does_not_keep_are_refused_at_the_start()
    {
        await using var place = await Place();
        await using var pooler = await Pooler.Start(place.Postgres!);
        var (code, said) = await PacilProcess.Command(
            "", "migrate", "--database", $"{pooler.Address};Max Auto Prepare=100");
        (code, said.StartsWith("pacil: The pooler before PostgreSQL keeps no prepared statements"),
            said.Contains("   at "))
            .ShouldBe((2, true, false), said);
        (await PacilProcess.Command("", "migrate", "--database", $"{pooler.Address};Max Auto Prepare=0"))
            .Code.ShouldBe(0);
    }

    /// <summary>
    /// Behind the pooler, a running process holds no lasting connection. So a restore through the pooler could not
    /// detect a running process, and it is refused.
    /// </summary>
    [Fact]
    public async Task A_backup_is_restored_only_past_it()
    {
        await using var place = await Place();
        await using var pooler = await Pooler.Start(place.Postgres!);
        var file = Path.Combine(place.Folder, "monday.backup");
        (await PacilProcess.Command("", "migrate", "--database", pooler.Address)).Code.ShouldBe(0);
        (await PacilProcess.Command("", "backup", file, "--database", place.Postgres!)).Code.ShouldBe(0);
        var (code, said) = await PacilProcess.Command("", "restore", file, "--database", pooler.Address);
        (code, said.Contains("name --database-direct")).ShouldBe((2, true), said);
        (await PacilProcess.Command("", "restore", file, "--database", pooler.Address, "--database-direct",
            place.Postgres!)).Code.ShouldBe(0);
    }

    /// <summary>
    /// A pooler in transaction mode does not preserve session settings, so each write sets its time limits itself.
    /// </summary>
    [Fact]
    public async Task A_write_that_says_nothing_is_ended_behind_it_as_well()
    {
        await using var place = await Place();
        await using var pooler = await Pooler.Start(place.Postgres!);
        await using var database = new PostgresDatabase(
            pooler.Address, place.Postgres, writers: 4, new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1)),
            TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Database>.Instance);
        await database.Migrate(Cancellation);
        (await database.Write(Actor.Program, tx => tx.First<string>("show idle_in_transaction_session_timeout"),
            Cancellation)).ShouldBe("10s");
        await Should.ThrowAsync<DatabaseUnavailable>(() => database.Write(
            new Actor(1, "ana"), tx => tx.Execute("select pg_sleep(30)"), Cancellation));
    }

    /// <summary>Without a pooler, each connection parses and plans a frequent statement only one time.</summary>
    [Fact]
    public async Task Without_it_statements_are_prepared()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        await using var app = await TestApp.Start(TestDatabase.Postgres);
        for (var n = 0; n < 10; n++)
            await app.Database.Read(connection => connection.First<long>("select count(*) from feed"), Cancellation);
        (await app.Database.Read(connection => connection.First<long>(
            "select count(*) from pg_prepared_statements where statement like 'select count(*) from feed%'"),
            Cancellation)).ShouldBe(1);
    }

    /// <summary>
    /// A newer process changes the schema, which invalidates the prepared statements of this process.
    /// </summary>
    [Fact]
    public async Task A_schema_that_changes_meanwhile_costs_no_more_than_a_repetition()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        await using var app = await TestApp.Start(TestDatabase.Postgres);
        for (var n = 0; n < 10; n++) await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Look()));
        await app.Database.Write(
            Actor.Program, tx => tx.Execute("alter table meta add column colour text"), Cancellation);

        await Should.ThrowAsync<DatabaseUnavailable>(Look);
        // After this one failure, reads succeed again over all pooled connections, although each of them had prepared
        // the old statement.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Look()));

        Task<string?> Look() => app.Database.Read(connection => connection.First<string>(
            "select * from (select pg_sleep(0.02)::text) slept, meta"), Cancellation);
    }

    private static async Task<DataFixture> Place()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        Assert.SkipWhen(Pooler.Missing is not null, Pooler.Missing ?? "");
        return await DataFixture.Make(TestDatabase.Postgres);
    }
}
