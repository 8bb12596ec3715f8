using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pacil.Data;
using Pacil.Data.Sqlite;
using Pacil.Tests.Support;
using Pacil.Web.Hosting;

namespace Pacil.Tests.Data;

/// <summary>A statement is cancelled if it takes too long or if its caller no longer waits.</summary>
[Collection<SerialTests>]
public sealed class DeadlineTests
{
    /// <summary>An SQL statement that never ends.</summary>
    private const string Endless =
        "with recursive n (x) as (select 1 union all select x + 0 from n) select count(*) from n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task A_read_that_takes_too_long_is_stopped_and_its_connection_serves_again(TestDatabase database)
    {
        await using var app = await Start(database, readSeconds: 1);
        var watch = Stopwatch.StartNew();

        for (var n = 0; n < 2; n++)
            (await Should.ThrowAsync<DatabaseUnavailable>(() => Read(app, Endless, Cancellation)))
            .IsLate.ShouldBeTrue();

        watch.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(2), Patience);
        (await Read(app, "select 7", Cancellation)).ShouldBe(7);
    }

    [Theory, Databases]
    public async Task A_read_is_late_as_a_whole_not_each_of_its_statements(TestDatabase database)
    {
        await using var app = await Start(database, readSeconds: 1);
        var watch = Stopwatch.StartNew();

        (await Should.ThrowAsync<DatabaseUnavailable>(() => app.Database.Read<long>(async connection =>
        {
            while (watch.Elapsed < Patience) await connection.First<long>("select 7");
            return 0;
        }, Cancellation))).IsLate.ShouldBeTrue();

        watch.Elapsed.ShouldBeLessThan(Patience);
    }

    [Theory, Databases]
    public async Task A_read_that_nobody_waits_for_any_more_is_stopped(TestDatabase database)
    {
        await using var app = await Start(database, readSeconds: 300);
        using var patience = new CancellationTokenSource();
        var reads = Enumerable.Range(0, SqliteReaders.PlacesMax)
            .Select(_ => Task.Run(() => Read(app, Endless, patience.Token), Cancellation)).ToList();
        await Until(async () => !await Answers(app));

        await patience.CancelAsync();

        foreach (var read in reads)
            await Should.ThrowAsync<OperationCanceledException>(read.WaitAsync(Patience, Cancellation));
        if (database == TestDatabase.Postgres) await Until(async () => await Running(app) == 0);
        // Every SQLite connection for reading is free again.
        await Task.WhenAll(reads.Select(_ => Task.Run(() => Read(app, "select 7", Cancellation), Cancellation)))
            .WaitAsync(Patience, Cancellation);
    }

    [Theory, Databases]
    public async Task Over_http_the_answer_says_so_and_when_to_try_again(TestDatabase database)
    {
        await using var app = await Start(database, readSeconds: 1);
        var ana = await app.SignIn();
        await MakeDraftsEndless(app);
        var watch = Stopwatch.StartNew();

        // There are many more requests than concurrent readers. The deadline includes a request's time in the queue.
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 6 * SqliteReaders.PlacesMax).Select(_ => ana.Get("/api/drafts/item")));

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        foreach (var reply in replies) reply.ShouldBeProblem(503, "took_too_long");
        replies[0].Header("Retry-After").ShouldBe("5");
        (await ana.Page("/")).Status.ShouldBe(200);
    }

    [Theory, Databases]
    public async Task A_client_that_goes_away_ends_its_read(TestDatabase database)
    {
        await using var app = await Start(database, readSeconds: 300);
        var ana = await app.SignIn();
        await MakeDraftsEndless(app);
        using var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Add("Cookie", ana.CookieHeader);
        using var leaving = new CancellationTokenSource();
        var asked = Enumerable.Range(0, SqliteReaders.PlacesMax)
            .Select(_ => http.GetAsync("/api/drafts/item", leaving.Token)).ToList();
        await Until(async () => !await Answers(app));

        await leaving.CancelAsync();

        foreach (var one in asked) await Should.ThrowAsync<OperationCanceledException>(one);
        await Until(() => Answers(app));
        if (database == TestDatabase.Postgres) await Until(async () => await Running(app) == 0);
    }

    [Theory, Databases]
    public async Task A_write_that_takes_too_long_is_undone_and_holds_up_nobody_for_longer(TestDatabase database)
    {
        await using var app = await Start(database, writeSeconds: 1);
        var feed = await DatabaseTests.Feed(app);

        foreach (var statement in new[]
                 {
                     Endless, $"insert into data_protection_key (xml) select 'late' from ({Endless}) n"
                 })
        {
            var late = app.Database.Write(Actor.Program, async tx =>
            {
                tx.Record(DatabaseTests.Something(feed, 1));
                await tx.Execute("insert into data_protection_key (xml) values ('early')");
                return await tx.Execute(statement);
            }, Cancellation);
            await Should.ThrowAsync<DatabaseUnavailable>(late.WaitAsync(Patience, Cancellation));
            await DatabaseTests.Record(app, feed, 2).WaitAsync(Patience, Cancellation);
        }

        (await app.Entries(feed)).Select(entry => entry.SubjectId).ShouldBe([2, 2]);
        (await Read(app, "select count(*) from data_protection_key where xml in ('early', 'late')", Cancellation))
            .ShouldBe(0);
    }

    [Theory, Databases]
    public async Task Maintenance_takes_as_long_as_it_takes(TestDatabase database)
    {
        await using var app = await Start(database, writeSeconds: 1);

        var seconds = await app.Database.Write(Actor.Maintenance, async tx =>
        {
            var watch = Stopwatch.StartNew();
            if (tx.Dialect == Dialect.Postgres) await tx.First<string>("select pg_sleep(2)::text");
            while (watch.Elapsed < TimeSpan.FromSeconds(2)) await tx.First<long>("select 7");
            return watch.Elapsed.TotalSeconds;
        }, Cancellation);

        seconds.ShouldBeGreaterThanOrEqualTo(2);
    }

    private static Task<TestApp> Start(TestDatabase database, int readSeconds = 60, int writeSeconds = 60) =>
        TestApp.Start(database, settings => settings with
        {
            ReadSecondsMax = readSeconds,
            WriteSecondsMax = writeSeconds,
            Limits = "off",
        });

    private static Task<long> Read(TestApp app, string sql, CancellationToken cancellation) =>
        app.Database.Read(connection => connection.First<long>(sql), cancellation);

    /// <summary>Replaces the draft table by a view, so that every later read of a draft never ends.</summary>
    private static Task<int> MakeDraftsEndless(TestApp app) => app.Database.Write(Actor.Maintenance, async tx =>
    {
        await tx.Execute("drop table draft");
        return await tx.Execute(
            """
            create view draft as
            with recursive n (x) as (select 1 union all select x + 0 from n)
            select x + random() as account_id, cast(random() as text) as form, '' as data from n
            """);
    }, Cancellation);

    /// <summary>
    /// On SQLite: whether a new read succeeds within half a second. On PostgreSQL: whether no endless statement is
    /// running.
    /// </summary>
    private static async Task<bool> Answers(TestApp app)
    {
        if (app.Database.Dialect == Dialect.Postgres) return await Running(app) == 0;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        try
        {
            return await Read(app, "select 7", patience.Token) == 7;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The number of endless statements that the PostgreSQL server is running.</summary>
    private static async Task<long> Running(TestApp app)
    {
        await using var server = NpgsqlDataSource.Create(app.Services.GetRequiredService<Settings>().Database!);
        await using var count = server.CreateCommand(
            """
            select count(*) from pg_stat_activity
            where datname = current_database() and state = 'active' and pid <> pg_backend_pid()
              and (query like '%with recursive%' or query like '%from draft%')
            """);
        return (long)(await count.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task Until(Func<Task<bool>> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo()) watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }
}
