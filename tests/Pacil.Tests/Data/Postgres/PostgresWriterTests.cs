using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Pacil.Data;
using Pacil.Data.Postgres;
using Pacil.Items.Stock;
using Pacil.Tests.Support;

namespace Pacil.Tests.Data.Postgres;

/// <summary>The writes of a workspace run in groups. A lock of the workspace's feed lets many writes wait.</summary>
public sealed class PostgresWriterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_waiting_writes_hold_one_connection_and_others_go_on()
    {
        await using var app = await Start();
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await using var feed = await FeedLock.Take(app, ana.Workspace);

        var waiting = Enumerable.Range(0, 100)
            .Select(n => ana.Post("/api/items", new { name = $"Bolt {n}" })).ToList();
        await feed.IsWaitedFor();
        await budi.CreateItem("Nut");
        (await ana.Names("/api/items")).ShouldBeEmpty();
        (await app.CountWaitingForLocks()).ShouldBe(1);
        await feed.Release();

        foreach (var reply in await Task.WhenAll(waiting)) reply.Status.ShouldBe(201, reply.Text);
        (await app.Entries(ana.Workspace)).Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_repetition_in_the_same_group_takes_effect_once()
    {
        await using var app = await Start();
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 1);
        await using var feed = await FeedLock.Take(app, ana.Workspace);

        var waiting = Enumerable.Range(0, 5).Select(_ => ana.Post(
            $"/api/items/{item}/movements", new { delta = 2 }, ("Idempotency-Key", "once"))).ToList();
        await feed.IsWaitedFor();
        await feed.Release();

        (await Task.WhenAll(waiting)).Select(reply => (reply.Status, reply.Text)).Distinct().Count().ShouldBe(1);
        (await ana.Item(item)).GetProperty("amount").GetInt64().ShouldBe(3);
        (await app.Entries(ana.Workspace)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_process_opens_twenty_connections_unless_told_otherwise()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        await using var app = await TestApp.Start(TestDatabase.Postgres, settings =>
        {
            var server = new NpgsqlConnectionStringBuilder(settings.Database);
            server.Remove("Maximum Pool Size");
            return settings with { Database = server.ConnectionString };
        });
        var sleeping = Enumerable.Range(0, 60).Select(_ => app.Database.Read(
            connection => connection.First<string>("select pg_sleep(0.5)::text"), Cancellation)).ToList();

        (await app.Database.Read(connection => connection.First<long>(
            """
            select count(*) from pg_stat_activity
            where datname = current_database() and application_name not like 'pacil %'
            """), Cancellation)).ShouldBe(20);
        await Task.WhenAll(sleeping);
    }

    [Fact]
    public async Task An_item_of_a_group_is_created_in_one_round_trip()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        await using var wire = new FaultyTcpProxy(DatabasesAttribute.Server!);
        await using var app = await TestApp.Start(
            TestDatabase.Postgres, settings => settings with { Database = wire.To(settings.Database!) });
        var ana = await app.SignIn();
        for (var n = 0; n < 10; n++) await ana.CreateItem($"Bolt {n}", 5);
        await using var feed = await FeedLock.Take(app, ana.Workspace);
        var waiting = Enumerable.Range(0, 40)
            .Select(n => ana.Post("/api/items", new { name = $"Nut {n}", amount = 5 })).ToList();
        await feed.IsWaitedFor();
        await Task.Delay(1000, Cancellation);
        var before = wire.RoundTrips;
        await feed.Release();

        foreach (var reply in await Task.WhenAll(waiting)) reply.Status.ShouldBe(201, reply.Text);
        // The rest is the locks and commits of the groups, and what the server does beside its writes.
        (wire.RoundTrips - before).ShouldBeLessThan(40 + 30);
    }

    [Fact]
    public async Task A_write_of_a_group_that_fails_is_undone_alone()
    {
        await using var app = await Start();
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 1);
        await using var feed = await FeedLock.Take(app, ana.Workspace);

        var (first, again) = (Take(), Take());
        var refused = Write<long>(app, ana, async tx =>
        {
            await tx.Execute("update item set name = 'Nobody'");
            return await tx.First<long>("select 1 / 0");
        });
        var broken = Write<long>(app, ana, async tx =>
        {
            await tx.Execute("update item set name = 'Nobody'");
            throw new InvalidOperationException("This use case is wrong.");
        });
        var renamed = ana.Patch($"/api/items/{item}", new { name = "Nut" }, ("If-Match", "*"));
        await feed.IsWaitedFor();
        await feed.Release();

        Task<Reply>[] takers = [first, again];
        (await Task.WhenAll(takers)).Select(reply => reply.Status).Order().ShouldBe([201, 409]);
        (await Should.ThrowAsync<PostgresException>(refused)).SqlState.ShouldBe(PostgresErrorCodes.DivisionByZero);
        await Should.ThrowAsync<InvalidOperationException>(broken);
        (await renamed).Status.ShouldBe(200);
        var after = await ana.Item(item);
        (after.GetProperty("name").GetString(), after.GetProperty("amount").GetInt64()).ShouldBe(("Nut", 0));
        (await app.Entries(ana.Workspace)).Select(entry => entry.Seq).ShouldBe([1, 2, 3]);

        Task<Reply> Take() => ana.Post($"/api/items/{item}/movements", new { delta = -1 });
    }

    /// <summary>
    /// What a write sends without waiting for the result fails only after the write has ended, together with others.
    /// </summary>
    [Fact]
    public async Task A_write_that_fails_after_its_end_is_undone_alone_as_well()
    {
        await using var app = await Start();
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 1);
        await using var feed = await FeedLock.Take(app, ana.Workspace);

        var first = Write(app, ana, Receive(ana, item));
        var broken = Write(app, ana, async tx =>
        {
            await tx.Send("update item set amount = -1 where id = @Item", [("Item", item)]);
            return 0;
        });
        var last = Write(app, ana, Receive(ana, item));
        await feed.IsWaitedFor();
        await feed.Release();

        await Task.WhenAll(first, last);
        (await Should.ThrowAsync<PostgresException>(broken)).SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
        (await ana.Item(item)).GetProperty("amount").GetInt64().ShouldBe(3);
        (await app.Entries(ana.Workspace)).Select(entry => entry.Seq).ShouldBe([1, 2, 3]);
    }

    /// <summary>Two writes insert the same key. The second finds the key when it runs again.</summary>
    [Fact]
    public async Task A_write_that_collides_runs_again_after_its_group()
    {
        await using var app = await Start();
        var ana = await app.SignIn();
        var runs = 0;
        var written = await Write(app, ana, async tx =>
        {
            if (runs++ > 0) return "found";
            var there = await tx.First<long>("select min(id) from workspace");
            await tx.Execute(
                "insert into feed (id) overriding system value values (@There)", new { There = there });
            return "inserted";
        });
        (written, runs).ShouldBe(("found", 2));
    }

    [Fact]
    public async Task A_write_that_collides_each_time_is_refused_in_the_end_and_delays_no_other()
    {
        await using var app = await Start();
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 1);
        await using var feed = await FeedLock.Take(app, ana.Workspace);
        var (runs, otherRuns) = (0, 0);

        var broken = Write(app, ana, async tx =>
        {
            runs++;
            await tx.Send("insert into feed (id) overriding system value values (1)", []);
            return 0;
        });
        var received = Write(app, ana, tx =>
        {
            otherRuns++;
            return Receive(ana, item)(tx);
        });
        await feed.IsWaitedFor();
        await feed.Release();

        await received;
        (await Should.ThrowAsync<PostgresException>(broken)).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
        (runs, otherRuns).ShouldBe((PostgresWriter.AttemptsMax, 2));
        (await ana.Item(item)).GetProperty("amount").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task If_the_connection_breaks_in_a_group_nothing_of_it_is_stored_and_the_next_write_is()
    {
        await using var app = await Start();
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 0);
        // With its clock, a group never ends for lack of time.
        await using var database = new PostgresDatabase(
            app.Postgres!, direct: null, writers: 4,
            new Deadlines(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)), new StoppedClock(),
            NullLogger<Database>.Instance);
        await database.Migrate(Cancellation);
        await using var feed = await FeedLock.Take(app, ana.Workspace);

        Task[] waiting =
        [
            Write(database, ana, Receive(ana, item)),
            Write(database, ana, tx => tx.First<bool>("select pg_terminate_backend(pg_backend_pid())")),
        ];
        await feed.IsWaitedFor();
        await feed.Release();

        foreach (var lost in waiting) await Should.ThrowAsync<DatabaseUnavailable>(lost);
        (await ana.Post($"/api/items/{item}/movements", new { delta = 5 })).Status.ShouldBe(201);
        (await ana.Item(item)).GetProperty("amount").GetInt64().ShouldBe(5);
        (await app.Entries(ana.Workspace)).Select(entry => entry.Seq).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task If_no_group_can_begin_all_that_wait_are_told_together()
    {
        await using var app = await Start();
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 1);
        await using var feed = await FeedLock.Take(app, ana.Workspace);
        var waiting = Enumerable.Range(0, 50).Select(_ => Write(app, ana, Receive(ana, item))).ToList();
        await feed.IsWaitedFor();

        await feed.KillWaiting();

        foreach (var lost in waiting) await Should.ThrowAsync<DatabaseUnavailable>(lost);
        await feed.Release();
        (await ana.Post($"/api/items/{item}/movements", new { delta = 5 })).Status.ShouldBe(201);
        (await ana.Item(item)).GetProperty("amount").GetInt64().ShouldBe(6);
    }

    [Fact]
    public async Task Beyond_four_thousand_waiting_writes_the_next_is_refused_at_once()
    {
        await using var app = await Start();
        var ana = await app.SignIn();
        await using var feed = await FeedLock.Take(app, ana.Workspace);
        var waiting = Enumerable.Range(0, 4096).Select(_ => Write(app, ana, tx => tx.First<long>("select 7"))).ToList();

        (await ana.Post("/api/items", new { name = "Bolt" })).ShouldBeProblem(503, "unavailable")
            .Header("Retry-After").ShouldNotBeNull();
        await feed.Release();

        (await Task.WhenAll(waiting)).ShouldAllBe(seven => seven == 7);
        await ana.CreateItem("Bolt");
    }

    [Fact]
    public async Task Batches_over_two_workspaces_and_single_writes_never_deadlock()
    {
        await using var app = await Start();
        var ana = await app.SignIn();
        var (home, lab) = (ana.Workspace, await ana.CreateWorkspace("Lab"));
        var bolt = await ana.CreateItem("Bolt", 0);
        var nut = (await ana.Post($"/api/w/{lab}/items", new { name = "Nut" })).Json.GetProperty("id").GetInt64();
        string[] paths = [$"/api/w/{home}/items/{bolt}/movements", $"/api/w/{lab}/items/{nut}/movements"];

        var replies = await Task.WhenAll(Enumerable.Range(0, 60).SelectMany(n => new[]
        {
            ana.Post("/api/batch", new
            {
                atomic = true,
                requests = (n % 2 == 0 ? paths : paths.Reverse()).Select(
                    path => new { method = "POST", path, body = new { delta = 1 } }),
            }),
            ana.Post(paths[n % 2], new { delta = 1 }),
        }));

        replies.ShouldAllBe(reply => reply.Status == 200 || reply.Status == 201);
        (await ana.Item(bolt)).GetProperty("amount").GetInt64().ShouldBe(90);
        (await app.Database.Read(connection => connection.First<long>(
            "select deadlocks from pg_stat_database where datname = current_database()"), Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task What_waits_is_written_before_the_database_is_closed()
    {
        await using var app = await Start();
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 1);
        await using var other = app.OpenDatabase();
        await other.Migrate(Cancellation);
        await using var feed = await FeedLock.Take(app, ana.Workspace);
        var waiting = Enumerable.Range(0, 100).Select(_ => other.Write(
            new Actor(ana.Id, ana.Name), Receive(ana, item), Cancellation, ana.Workspace)).ToList();
        await feed.IsWaitedFor();

        var closing = other.DisposeAsync();
        await feed.Release();
        await closing;

        await Task.WhenAll(waiting);
        (await ana.Item(item)).GetProperty("amount").GetInt64().ShouldBe(101);
    }

    private static Func<WriteTransaction, Task<bool>> Receive(Person who, long item) => async tx =>
        (await MoveStock.Apply(tx, who.Workspace, item, new MoveStock.Request(1, Reason.Received))).IsProblem;

    private static Task<T> Write<T>(TestApp app, Person who, Func<WriteTransaction, Task<T>> apply) =>
        Write(app.Database, who, apply);

    private static Task<T> Write<T>(Database database, Person who, Func<WriteTransaction, Task<T>> apply) =>
        database.Write(new Actor(who.Id, who.Name), apply, Cancellation, who.Workspace);

    private static async Task<TestApp> Start()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        return await TestApp.Start(TestDatabase.Postgres);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    /// <summary>Another program holds the lock of a workspace's feed.</summary>
    private sealed class FeedLock(
        TestApp app, NpgsqlDataSource source, NpgsqlConnection connection, DbTransaction transaction) : IAsyncDisposable
    {
        public static async Task<FeedLock> Take(TestApp app, long feed)
        {
            var source = NpgsqlDataSource.Create(app.Postgres!);
            var connection = await source.OpenConnectionAsync(Cancellation);
            var transaction = await connection.BeginTransactionAsync(Cancellation);
            await using var take = new NpgsqlCommand($"select 1 from feed where id = {feed} for update", connection);
            (await take.ExecuteScalarAsync(Cancellation)).ShouldBe(1);
            return new FeedLock(app, source, connection, transaction);
        }

        public async Task IsWaitedFor()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (await app.CountWaitingForLocks() == 0) await Task.Delay(20, patience.Token);
        }

        public async Task KillWaiting()
        {
            await using var kill = source.CreateCommand(
                """
                select pg_terminate_backend(pid)
                from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
                """);
            await kill.ExecuteNonQueryAsync(Cancellation);
        }

        public Task Release() => transaction.RollbackAsync(Cancellation);

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
            await source.DisposeAsync();
        }
    }
}
