using System.Text;
using Pacil.Chat.Events;
using Pacil.Data;
using Pacil.Items.Events;
using Pacil.Log;
using Pacil.Tests.Chat;
using Pacil.Tests.Support;
using Pacil.Web;

namespace Pacil.Tests.Web;

/// <summary>
/// Stored responses: their size, their limit for each account, and that a retry gets exactly the same bytes.
/// </summary>
public sealed class StoredAnswerTests
{
    private const long Budget = 20 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task A_repetition_is_byte_for_byte_the_first_answer_after_a_restart_and_from_older_rows(
        TestDatabase database)
    {
        var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 9);
        var message = (await ana.Say("Hello")).Number("id");
        var texts = new
        {
            name = "<b>Ünit</b> 'and' \"so\" 🔩 \u2028",
            description = string.Concat(Enumerable.Repeat("🔩 <i>'&'</i>\n", 600)),
        };
        (string Method, string Path, object? Body, string Encoding)[] writes =
        [
            ("POST", "/api/items", texts, "entry"),
            ("POST", $"/api/w/{ana.Workspace}/items", new { texts.name, amount = 1, threshold = 5 }, "entry"),
            ("PUT", $"/api/items/{item}", texts, "brotli"),
            ("PATCH", $"/api/items/{item}", new { unit = "<kg>" }, "brotli"),
            ("POST", $"/api/items/{item}/movements", new { delta = -2, note = "'<🔩>'" }, ""),
            ("POST", "/api/rooms/lobby/messages", new { text = texts.name }, ""),
            ("PATCH", $"/api/rooms/lobby/messages/{message}", new { text = texts.name + "!" }, ""),
            ("PUT", $"/api/items/{item}/star", null, ""),
            ("PUT", "/api/drafts/create", texts, ""),
            ("DELETE", "/api/drafts/create", null, ""),
            ("POST", "/api/batch", new { atomic = true,
                requests = new[] { new { method = "POST", path = "/api/items", body = texts } } }, "brotli"),
            ("DELETE", $"/api/items/{item}", null, "brotli"),
        ];
        var first = new List<Reply>();
        foreach (var n in Enumerable.Range(0, writes.Length)) first.Add(await Send(n));
        first.ShouldAllBe(reply => reply.Status < 300 && reply.Header("Idempotency-Replayed") == null);
        (await app.Database.Read(connection => connection.Query<string>(
            "select coalesce(encoding, '') from idempotency order by key"), Cancellation)).ShouldBe(writes.Select(
                write => write.Encoding));

        await using var again = await app.Restart();
        ana = again.As(ana);
        await Repeated();
        await AsBefore(again.Database, first);
        await using var upgraded = await again.Restart();
        ana = upgraded.As(ana);
        await Repeated();

        Task<Reply> Send(int n) => ana.Send(
            new HttpMethod(writes[n].Method), writes[n].Path,
            writes[n].Body is { } body ? System.Net.Http.Json.JsonContent.Create(body) : null,
            ("Idempotency-Key", $"key-{n:00}"), ("If-Match", writes[n].Method == "PUT" ? "*" : ""));

        async Task Repeated()
        {
            foreach (var (n, reply) in first.Index())
            {
                var repeated = await Send(n);
                repeated.Header("Idempotency-Replayed").ShouldBe("true", repeated.Text);
                repeated.Text.ShouldBe(reply.Text);
                foreach (var header in new[] { "Location", "ETag", "Feed-Seq", "Content-Type", "Content-Length" })
                    repeated.Header(header).ShouldBe(reply.Header(header), $"{header} of {writes[n].Path}");
                repeated.Status.ShouldBe(reply.Status);
            }
        }
    }

    [Theory, Databases]
    public async Task An_account_keeps_twenty_megabytes_of_answers_and_the_oldest_go_first(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await budi.Post("/api/items", new { name = "Nut" }, ("Idempotency-Key", "0"));
        await ana.Put("/api/drafts/create", new { name = "Bo" }, ("Idempotency-Key", "draft"));
        const int Batches = 40;
        // The PATCH requests change nothing, so that the search index does not process each description again.
        var bolts = new List<object>();
        for (var n = 0; n < 95; n++)
        {
            var bolt = await ana.Post("/api/items", new { name = "Bolt", description = Noise(n) });
            bolts.Add(
                new { method = "PATCH", path = $"/api/items/{bolt.Json.Number("id")}", body = new { name = "Bolt" } });
        }

        for (var n = 0; n < Batches; n++) (await Send(n)).Status.ShouldBe(200);

        var kept = await app.Database.Read(connection => connection.Query<Kept>(
            "select key, bytes, length(body) as body from idempotency where account_id = @Id order by at",
            new { ana.Id }), Cancellation);
        kept.Sum(row => row.Body).ShouldBeInRange(Budget / 2, Budget);
        kept.Sum(row => row.Bytes).ShouldBeLessThan(Budget);
        kept.ShouldAllBe(row => row.Bytes > row.Body);
        kept.Select(row => row.Key).ShouldBe(Enumerable.Range(Batches - kept.Count, kept.Count).Select(n => $"{n}"));
        var latest = await Send(Batches - 1);
        (latest.Status, latest.Header("Idempotency-Replayed")).ShouldBe((200, "true"));
        // The responses to these keys are no longer stored. The server recognizes the batch by its log entries and
        // refuses the retry. The draft left no log entries, so its retry is executed again.
        (await Send(0)).ShouldBeProblem(409, "already_applied");
        var draft = await ana.Put("/api/drafts/create", new { name = "Bo" }, ("Idempotency-Key", "draft"));
        (draft.Text, draft.Header("Idempotency-Replayed")).ShouldBe(("""{"version":2}""", null));
        (await budi.Post("/api/items", new { name = "Nut" }, ("Idempotency-Key", "0"))).Header("Idempotency-Replayed")
            .ShouldBe("true", "it is another's");

        Task<Reply> Send(int n) => ana.Post("/api/batch", new
        {
            atomic = true,
            requests = bolts.Append(new { method = "POST", path = "/api/items", body = new { name = $"Nut {n}" } }),
        }, ("Idempotency-Key", $"{n}"));
    }

    [Theory, Databases]
    public async Task Drafts_saved_under_fresh_keys_leave_no_copies_behind(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        for (var n = 1; n <= 50; n++)
        {
            var saved = await ana.Put(
                "/api/drafts/x", new { text = Noise(n) + Noise(-n) }, ("Idempotency-Key", $"{n}"));
            (saved.Status, saved.Text).ShouldBe((200, $$"""{"version":{{n}}}"""));
        }

        (await app.Database.Read(connection => connection.First<long>(
            "select sum(bytes) from idempotency where account_id = @Id", new { ana.Id }),
            Cancellation)).ShouldBeLessThan(50 * 1024);
    }

    [Theory, Databases]
    public async Task Old_ones_are_deleted_in_steps(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        (await ana.Post("/api/items", new { name = "Bolt" }, ("Idempotency-Key", "K"))).Status.ShouldBe(201);
        await app.Database.Write(Actor.Program, tx => tx.Execute(
            """
            insert into idempotency (account_id, key, fingerprint, status, bytes, at)
            with recursive n (n) as (select 1 union all select n + 1 from n where n < 1500)
            select @Id, 'old ' || n, @Fingerprint, 204, 400, @At from n
            """, new { ana.Id, Fingerprint = new byte[32], At = tx.Now.AddDays(-31) }), Cancellation);

        var steps = new List<int>();
        for (var step = 0; step < 3; step++)
            steps.Add(await app.Database.Write(Actor.Maintenance, StoredAnswers.DeleteExpired, Cancellation));

        steps.ShouldBe([1000, 500, 0]);
        (await ana.Post("/api/items", new { name = "Bolt" }, ("Idempotency-Key", "K")))
            .Header("Idempotency-Replayed").ShouldBe("true");
    }

    [Theory, Databases]
    public async Task A_repetition_brings_nothing_back_that_was_redacted(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        Task<Reply> Create(string key) =>
            ana.Post("/api/items", new { name = "Confidential" }, ("Idempotency-Key", key));
        var items = new[] { await Create("one"), await Create("two") }
            .Select(reply => reply.Json.Number("id")).ToList();

        await app.Database.Write(new Actor(ana.Id, ana.Name), async tx =>
        {
            await tx.Redact(ana.Workspace, ItemCreated.Kind, items[0], 2, seqs => new MessageRedacted(seqs));
            // Simulates a use case that redacts an entry and forgets to delete the stored response.
            return await tx.Execute(
                """
                update entry set data = '{"redacted":true}'
                where feed_id = @Workspace and subject_id = @Item and kind = 'item_created'
                """, new { ana.Workspace, Item = items[1] });
        }, Cancellation);

        foreach (var key in new[] { "one", "two" })
            (await Create(key)).ShouldBeProblem(409, "already_applied").Text.ShouldNotContain("Confidential");
        (await ana.Post("/api/items", new { name = "Other" }, ("Idempotency-Key", "two")))
            .ShouldBeProblem(422, "idempotency_key_reused");
    }

    /// <summary>Restores the tables as they were before migration 0011, with uncompressed bodies.</summary>
    private static Task<int> AsBefore(Database database, List<Reply> replies) =>
        database.Write(Actor.Program, async tx =>
        {
            foreach (var (n, reply) in replies.Index().Where(reply => reply.Item.Text.Length > 0))
                await tx.Execute(
                    "update idempotency set body = @Body where key = @Key",
                    new { Key = $"key-{n:00}", Body = Encoding.UTF8.GetBytes(reply.Text) });
            await tx.Execute(OlderSchema.Before14(tx.Dialect));
            return await tx.Execute(
                """
                drop index idempotency_by_age;
                create index idempotency_by_time on idempotency (at);
                alter table idempotency drop column encoding;
                alter table idempotency drop column bytes;
                alter table draft drop column version;
                update meta set schema = schema - 3;
                """ + tx.Dialect.Pick(
                    sqlite: "", postgres: "alter table account drop column username_skeleton, add unique (email_key)"));
        }, Cancellation);

    /// <summary>10,000 random characters, which hardly compress.</summary>
    private static string Noise(int seed) => new(
        new Random(seed).GetItems<char>("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 10_000));

    private sealed record Kept
    {
        public required string Key { get; init; }
        public required long Bytes { get; init; }
        public long Body { get; init; }
    }
}
