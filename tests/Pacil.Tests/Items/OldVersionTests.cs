using System.Text.Json;
using Pacil.Data;
using Pacil.Tests.Support;

namespace Pacil.Tests.Items;

/// <summary>
/// If a client sends a very old version, the server reads only a limited part of the log for its response.
/// </summary>
[Collection<SerialTests>]
public sealed class OldVersionTests
{
    private static readonly string[] AllFields = ["name", "description", "unit", "threshold", "amount", "archived_at"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, Databases]
    public async Task Thousands_of_wide_changes_are_not_read_for_an_answer(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        for (var n = 0; n < 10; n++) await Change(app, ana, item, 100, Wide());

        Task<Reply>[] Ask() =>
        [
            ana.Patch($"/api/items/{item}", new { name = "Nut" }, ("If-Match", "\"1\"")),
            ana.Put($"/api/items/{item}", new { name = "Nut" }, ("If-Match", "\"1\"")),
            ana.Send(HttpMethod.Delete, $"/api/items/{item}", null, ("If-Match", "\"1\"")),
        ];
        await Task.WhenAll(Ask());
        var before = GC.GetTotalAllocatedBytes(precise: true);
        foreach (var reply in await Task.WhenAll(Ask()))
        {
            reply.ShouldBeProblem(412, "version_conflict");
            Differing(reply).ShouldBe(AllFields);
        }
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(3 * 10L * 1024 * 1024);
    }

    [Theory, Databases]
    public async Task A_form_that_was_opened_before_thousands_of_changes_is_asked_of_each_field_that_differs(
        TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        for (var n = 0; n < 10; n++) await Change(app, ana, item, 100, Wide());

        Task<Reply> Send() => ana.SubmitForm($"/items/{item}", ("name", "Nut"), ("amount", "5"), ("version", "1"));
        await Send();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var reply = await Send();
        reply.Status.ShouldBe(412);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(15L * 1024 * 1024);
        (await ana.Item(item)).GetProperty("name").GetString().ShouldBe("Bolt");
    }

    [Theory, Databases]
    public async Task So_many_changes_are_looked_through_and_of_more_nobody_knows(TestDatabase database)
    {
        await using var app = await TestApp.Start(database);
        var ana = await app.SignIn();
        var item = await ana.CreateItem("Bolt", 5);
        await Change(app, ana, item, 300, """{"unit": {"from": "", "to": "kg"}}""");

        foreach (var (version, differing) in new[]
                 {
                     (299, new[] { "unit" }), (101, ["unit"]), (100, AllFields), (1, AllFields)
                 })
            Differing((await ana.Patch($"/api/items/{item}", new { name = "Nut" }, ("If-Match", $"\"{version}\"")))
                .ShouldBeProblem(412, "version_conflict")).ShouldBe(differing, $"{version}");
        // The server saves a form if nobody else has changed the form's fields. If too many changes followed the form's
        // version, the server cannot tell and refuses the form.
        (await ana.SubmitForm($"/items/{item}", ("name", "Nut"), ("version", "1"))).Status.ShouldBe(412);
        (await ana.SubmitForm($"/items/{item}", ("name", "Nut"), ("version", "150"))).Status.ShouldBe(303);
    }

    private static string[] Differing(Reply reply) =>
        [.. reply.Json.GetProperty("differing").EnumerateArray().Select(field => field.GetString()!)];

    /// <summary>
    /// The data of an entry that changes the description from one text of 30,000 characters to another. 10,000
    /// characters can become this long in JSON by escaping.
    /// </summary>
    private static string Wide() => JsonSerializer.Serialize(new
    {
        description = new { from = new string('x', 30_000), to = new string('y', 30_000) },
    });

    private static Task<int> Change(TestApp app, Person person, long item, int times, string data) =>
        app.Database.Write(new Actor(person.Id, person.Name), async tx =>
        {
            var version = await tx.First<long>("select version from item where id = @Id", new { Id = item });
            for (var n = 0; n < times; n++)
                tx.Record(new Change(person.Workspace, "item_changed", "item", item, ++version, data));
            return await tx.Execute(
                "update item set version = @Version where id = @Id", new { Version = version, Id = item });
        }, Cancellation);
}
