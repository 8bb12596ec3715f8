using Pacil.Data;
using Pacil.Tests.Notifications;
using Pacil.Tests.Support;
using Pacil.Workspaces;

namespace Pacil.Tests.Chat;

/// <summary>
/// The text of a deleted message is removed from every response, from the feed (whatever cursor a client sends), and
/// from the database.
/// </summary>
public sealed class RedactionTests
{
    private const string Secret = "the door code is 4711";

    [Theory, Databases]
    public async Task A_deleted_message_is_in_no_list_page_notification_or_stored_answer(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi, Role.Manager);
        var api = $"/api/w/{ana.Workspace}";
        var posted = await ana.Post(
            "/api/rooms/lobby/messages", new { text = $"@{budi.Name} {Secret}" }, ("Idempotency-Key", "a-secret"));
        var message = posted.Header("Location")!;
        await ana.Patch(message, new { text = $"@{budi.Name}, {Secret}!" }, ("Idempotency-Key", "an-edit"));
        (await budi.Notified(1))[0].Text().ShouldContain(Secret);
        await Everywhere(found: true);

        (await ana.Delete(message)).Status.ShouldBe(200);
        await Everywhere(found: false);
        await budi.NotifiedOnly();
        (await ana.Post(
            "/api/rooms/lobby/messages", new { text = $"@{budi.Name} {Secret}" }, ("Idempotency-Key", "a-secret")))
            .ShouldBeProblem(409, "already_applied");
        (await ana.Patch(message, new { text = $"@{budi.Name}, {Secret}!" }, ("Idempotency-Key", "an-edit")))
            .ShouldBeProblem(409, "already_applied");
        (await Stored(app)).ShouldBe(0);

        async Task Everywhere(bool found)
        {
            foreach (var path in new[]
                     {
                         $"{api}/rooms/lobby/messages", $"{api}/entries", $"{api}/entries?kind=message_posted",
                         $"{api}/feed?after=start",
                         $"/w/{ana.Workspace}/chat", $"/w/{ana.Workspace}/activity",
                     })
            {
                var address = path.Replace($"{api}/feed?", $"/api/feed?follow={ana.Workspace}&wait=0&");
                var text = (await budi.Get(
                    address, ("Accept", address.StartsWith("/api") ? "application/json" : "text/html"))).Text;
                text.Contains(Secret).ShouldBe(found, address);
            }
        }
    }

    [Theory, MemberData(nameof(Streaming.FeedTests.Everywhere), MemberType = typeof(Streaming.FeedTests))]
    public async Task No_cursor_finds_it_neither_in_memory_nor_in_what_was_read_ahead(
        TestDatabase database, Transport transport)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        var cursor = (await ana.Get("/api/items")).Header("Feed-Cursor")!;
        // While a subscriber follows the feed, the server has the latest entries of the feed in memory.
        await using var witness = await FeedReader.Open(ana, Transport.EventStream);
        var message = await ana.Say(Secret);
        (await witness.Next()).Data.GetRawText().ShouldContain(Secret);
        await ana.Say("Harmless");
        await ana.Delete($"/api/rooms/lobby/messages/{message.Number("id")}");

        foreach (var after in new[] { cursor, "start" })
        {
            await using var reader = await FeedReader.Open(ana, transport, $"after={after}");
            var frames = new List<Frame> { await reader.Next(), await reader.Next(), await reader.Next() };
            frames.ConvertAll(frame => frame.Kind).ShouldBe(["message_posted", "message_posted", "message_redacted"]);
            frames[0].Data.GetProperty("data").GetRawText().ShouldBe("""{"redacted":true}""");
            frames[1].Data.GetRawText().ShouldContain("Harmless");
            frames[2].Data.GetProperty("data").GetRawText().ShouldBe("""{"entries":[1]}""");
            string.Concat(frames.Select(frame => frame.Data.GetRawText())).ShouldNotContain("4711");
        }
    }

    /// <summary>The number of rows of the tables entry, message and idempotency that contain the secret.</summary>
    private static Task<long> Stored(TestApp app) => app.Database.Read(connection => connection.First<long>(
        $"""
        select (select count(*) from entry where data like '%door code is 4711%')
          + (select count(*) from message where text like '%door code is 4711%')
          + (select count(*) from idempotency where {connection.Dialect.Pick(
            sqlite: "cast(body as text)", postgres: "encode(body, 'escape')")} like '%door code is 4711%')
        """), TestContext.Current.CancellationToken);
}
