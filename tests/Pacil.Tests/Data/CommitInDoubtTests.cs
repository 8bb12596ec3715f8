using Pacil.Data;
using Pacil.Tests.Support;

namespace Pacil.Tests.Data;

/// <summary>
/// The connection to PostgreSQL breaks after COMMIT is sent and before the response to COMMIT arrives.
/// </summary>
public sealed class CommitInDoubtTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CommitOutcome.Done, 201)]
    [InlineData(CommitOutcome.DoneLate, 201)]
    [InlineData(CommitOutcome.Undone, 503)]
    [InlineData(CommitOutcome.UndoneLate, 503)]
    public async Task Its_author_hears_what_became_of_it_and_repeats_nothing(CommitOutcome fate, int status)
    {
        await using var wire = new FaultyTcpProxy(Server());
        await using var app = await TestApp.Start(
            TestDatabase.Postgres, settings => settings with { Database = wire.To(settings.Database!) });
        var ana = await app.SignIn();
        await ana.CreateItem("Before");
        await using var reader = await FeedReader.Open(ana, Transport.EventStream);

        wire.Break(fate);
        var reply = await ana.Post("/api/items", new { name = "Bolt" });

        reply.Status.ShouldBe(status, reply.Text);
        if (status == 503) reply.ShouldBeProblem(503, "unavailable");
        (await ana.Names("/api/items")).ShouldBe(status == 201 ? ["Before", "Bolt"] : ["Before"]);
        await ana.CreateItem("After");
        (await reader.NextSeqs(status == 201 ? 2 : 1)).ShouldBe(status == 201 ? [2, 3] : [2]);
    }

    [Fact]
    public async Task What_leaves_no_entry_by_which_to_know_is_said_to_be_unknown()
    {
        await using var wire = new FaultyTcpProxy(Server());
        await using var app = await TestApp.Start(
            TestDatabase.Postgres, settings => settings with { Database = wire.To(settings.Database!) });
        var ana = await app.SignIn();

        wire.Break(CommitOutcome.Done);

        (await ana.Put("/api/drafts/item:7", new { name = "Bolt" })).ShouldBeProblem(503, "outcome_unknown");
    }

    [Fact]
    public async Task The_server_waits_ten_seconds_for_a_write_on_every_connection()
    {
        Server();
        await using var app = await TestApp.Start(TestDatabase.Postgres);
        for (var n = 0; n < 3; n++)
            (await app.Database.Write(
                Actor.Program, tx => tx.First<string>("show idle_in_transaction_session_timeout"), Cancellation))
                .ShouldBe("10s");
    }

    private static string Server()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        return DatabasesAttribute.Server!;
    }
}
