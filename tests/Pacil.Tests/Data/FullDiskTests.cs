using Microsoft.Data.Sqlite;
using Pacil.Data;
using Pacil.Tests.Support;

namespace Pacil.Tests.Data;

/// <summary>
/// Simulates a full disk: the SQLite file cannot grow. SQLite can then roll back the transaction of a whole group of
/// writes by itself. If the server continued with the group, it would commit some writes and report them as failed.
/// </summary>
public sealed class FullDiskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_hears_unavailable_finds_nothing_stored_and_whoever_hears_done_finds_it()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var feed = await DatabaseTests.Feed(app);
        await app.Database.Write(Actor.Program, async tx =>
        {
            var pages = await tx.First<long>("pragma page_count");
            return await tx.First<long>($"pragma max_page_count = {pages + 60}");
        }, Cancellation);

        var heard = await WriteUntilFull(app, feed);

        heard.Values.ShouldContain(false);
        heard.Values.ShouldContain(true);
        (await app.Entries(feed)).Select(entry => entry.SubjectId).Order()
            .ShouldBe(heard.Where(write => write.Value).Select(write => write.Key).Order());
        await app.Database.Write(Actor.Program, tx => tx.First<long>("pragma max_page_count = 1000000"), Cancellation);
        await DatabaseTests.Record(app, feed, 999_999);
        var after = await app.Entries(feed);
        after[^1].SubjectId.ShouldBe(999_999);
        after.Select(entry => entry.Seq).ShouldBe(Enumerable.Range(1, after.Count).Select(seq => (long)seq));
    }

    [Fact]
    public async Task Over_http_a_full_disk_is_503_with_a_problem_and_reading_goes_on()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 1);
        await app.Database.Write(Actor.Program, tx => tx.First<long>("pragma max_page_count = 1"), Cancellation);

        Reply reply;
        var tries = 0;
        do reply = await ana.Post("/api/items", new { name = "Nut", description = new string('x', 9000) });
        while (reply.Status == 201 && ++tries < 100);

        reply.ShouldBeProblem(503, "unavailable");
        reply.Header("Retry-After").ShouldNotBeNull();
        (await ana.Get($"/api/items/{item}")).Status.ShouldBe(200);
    }

    /// <summary>
    /// Runs two hundred concurrent writes of small and large rows. Returns whether each write succeeded.
    /// </summary>
    private static async Task<Dictionary<long, bool>> WriteUntilFull(TestApp app, long feed)
    {
        var heard = new Dictionary<long, bool>();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async n =>
        {
            var isStored = true;
            try
            {
                await app.Database.Write(Actor.Program, tx =>
                {
                    var large = n % 5 == 0 ? new string('x', 20_000) : "";
                    tx.Record(new Change(feed, "thing_happened", "thing", n, 1, $"{{\"text\":\"{large}\"}}"));
                    return Task.FromResult(0);
                }, Cancellation);
            }
            catch (DatabaseUnavailable e)
            {
                e.InnerException.ShouldBeOfType<SqliteException>();
                isStored = false;
            }
            lock (heard) heard.Add(n, isStored);
        }));
        return heard;
    }
}
