using Pacil.Data;
using Pacil.Tests.Support;

namespace Pacil.Tests.Data;

public sealed class DatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Concurrent_writes_are_numbered_without_a_gap_and_announced_once_each(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var announced = new List<Entry>();
        app.Database.Committed += entries => { lock (announced) announced.AddRange(entries); };
        var feeds = await Task.WhenAll(Feed(app), Feed(app), Feed(app));

        await Task.WhenAll(Enumerable.Range(0, 300).Select(n => app.Database.Write(Actor.Program, tx =>
        {
            // The transactions write to two feeds in different orders. They do not deadlock, because a transaction
            // always locks the counters of its feeds in the same order.
            tx.Record(Something(feeds[n % 3], n));
            tx.Record(Something(feeds[(n + 1) % 3], n));
            return Task.FromResult(0);
        }, Cancellation)));

        foreach (var feed in feeds)
        {
            var stored = await app.Entries(feed);
            stored.Select(entry => entry.Seq).ShouldBe(Enumerable.Range(1, 200).Select(seq => (long)seq));
            announced.Where(entry => entry.FeedId == feed).OrderBy(entry => entry.Seq)
                .Select(entry => (entry.Seq, entry.Mark, entry.SubjectId))
                .ShouldBe(stored.Select(entry => (entry.Seq, entry.Mark, entry.SubjectId)));
            (await Head(app, feed)).ShouldBe((200, stored[^1].Mark));
        }
    }

    [Fact]
    public async Task On_sqlite_what_is_announced_comes_in_order()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var feed = await Feed(app);
        var announced = new List<long>();
        app.Database.Committed += entries => announced.AddRange(entries.Select(entry => entry.Seq));

        await Task.WhenAll(Enumerable.Range(0, 500).Select(n => Record(app, feed, n)));

        announced.ShouldBe(Enumerable.Range(1, 500).Select(seq => (long)seq));
    }

    [Theory, Databases]
    public async Task A_write_that_fails_leaves_nothing_and_its_neighbours_stay(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var feed = await Feed(app);

        var writes = Enumerable.Range(0, 60).Select(n => app.Database.Write(Actor.Program, async tx =>
        {
            await tx.Execute("insert into data_protection_key (xml) values (@Xml)", new { Xml = $"{n}" });
            tx.Record(Something(feed, n));
            if (n % 3 == 1) throw new FormatException("a mistake of ours");
            if (n % 3 == 2) tx.Rollback();
            return n;
        }, Cancellation)).ToList();
        await Task.WhenAll(writes.Select(write => write.ContinueWith(_ => { }, TaskScheduler.Default)));

        writes.Count(write => write.IsFaulted && write.Exception!.InnerException is FormatException).ShouldBe(20);
        writes.Count(write => write.IsCompletedSuccessfully).ShouldBe(40);
        (await app.Entries(feed)).Select(entry => entry.SubjectId).Order().ShouldBe(
            Enumerable.Range(0, 20).Select(n => n * 3L));
        (await Count(app, "data_protection_key where length(xml) < 4")).ShouldBe(20);
    }

    [Theory, Databases]
    public async Task A_database_of_a_newer_program_is_left_alone(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        await app.Database.Write(Actor.Program, tx => tx.Execute("update meta set schema = 999"), Cancellation);

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => app.Database.Migrate(Cancellation));

        refusal.Message.ShouldContain("newer");
    }

    [Theory, Databases]
    public async Task Migrating_twice_at_once_changes_nothing(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var epoch = app.Database.Epoch;

        await Task.WhenAll(app.Database.Migrate(Cancellation), app.Database.Migrate(Cancellation));

        app.Database.Epoch.ShouldBe(epoch);
        epoch.Length.ShouldBe(12);
    }

    [Theory, Databases]
    public async Task Times_come_back_as_they_went_to_the_millisecond_in_utc(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var time = new DateTime(2026, 11, 21, 8, 14, 5, 123, DateTimeKind.Utc);
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            "insert into sign_in_failure (key, count, last_at, locked_until) values (@Key, 1, @At, @At)",
            new { Key = new byte[] { 7 }, At = time }), Cancellation);

        var read = await app.Database.Read(
            connection => connection.First<DateTime>("select last_at from sign_in_failure"), Cancellation);

        read.ShouldBe(time);
        read.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Fact]
    public async Task On_sqlite_a_use_case_that_awaits_anything_but_its_transaction_is_refused()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);

        await Should.ThrowAsync<InvalidOperationException>(() => app.Database.Write(Actor.Program, async _ =>
        {
            await Task.Delay(1);
            return 0;
        }, Cancellation));

        (await app.Database.Write(Actor.Program, _ => Task.FromResult(5), Cancellation)).ShouldBe(5);
    }

    [Fact]
    public async Task The_server_sees_which_line_a_statement_comes_from()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, "No PostgreSQL: run bin/test.");
        var app = await TestApp.On(TestDatabase.Postgres);

        var query = await app.Database.Read(
            connection => connection.First<string>("select current_query()"), Cancellation);

        query.ShouldNotBeNull().ShouldMatch(@"-- Data/DatabaseTests\.cs:\d+$");
    }

    internal static async Task<long> Feed(TestApp app) => await app.Database.Write(
        Actor.Program, tx => tx.First<long>("insert into feed default values returning id"), Cancellation);

    internal static Task<int> Record(TestApp app, long feed, long subject) => app.Database.Write(Actor.Program, tx =>
    {
        tx.Record(Something(feed, subject));
        return Task.FromResult(0);
    }, Cancellation);

    internal static Change Something(long feed, long subject) =>
        new(feed, "thing_happened", "thing", subject, 1, "{}");

    private static async Task<(long, int)> Head(TestApp app, long feed)
    {
        var row = await app.Database.Read(connection => connection.First<HeadRow>(
            "select head, mark from feed where id = @Feed", new { Feed = feed }), Cancellation);
        return (row!.Head, row.Mark);
    }

    private static Task<long> Count(TestApp app, string source) => app.Database.Read(
        connection => connection.First<long>($"select count(*) from {source}"), Cancellation);

    private sealed record HeadRow
    {
        public long Head { get; init; }
        public int Mark { get; init; }
    }
}
