using System.Text.Json;
using System.Text.RegularExpressions;
using Pacil.Tests.Notifications;
using Pacil.Tests.Support;

namespace Pacil.Tests.Items.Bulk;

/// <summary>
/// A bulk change leaves the same rows, entries and notifications as an atomic batch that changes the same items one by
/// one. The undo of the bulk change and the undo of the batch also leave the same state.
/// </summary>
public sealed partial class BulkPropertyTests
{
    private const int Rounds = 15;

    [Theory, Databases]
    public async Task A_bulk_change_and_its_undo_leave_what_single_changes_leave(TestDatabase database)
    {
        var app = await TestApp.On(database);
        for (var seed = 1; seed <= Rounds; seed++)
        {
            var (one, other) = (await app.SignIn(), await app.SignIn());
            var (bulk, single) = (await Shelf(one, seed), await Shelf(other, seed));
            var change = Change(new Random(seed));

            var changed = await one.Post("/api/items/bulk", new { ids = bulk, change });
            var parts = await other.Post("/api/batch", new
            {
                atomic = true,
                requests = single.ConvertAll(item => Part(item, change)),
            });
            changed.Status.ShouldBe(parts.Status, $"{seed}: {changed.Text} {parts.Text}");
            await Same(app, one, other, $"{seed}: {JsonSerializer.Serialize(change)}");

            if (changed.Header("Feed-Seq") is not { } seq) continue;
            (await one.Post($"/api/entries/{seq}/undo")).Status.ShouldBe(200);
            (await other.Post($"/api/entries/{parts.Header("Feed-Seq")}/undo")).Status.ShouldBe(200);
            await Same(app, one, other, $"{seed}, undone: {JsonSerializer.Serialize(change)}");
        }
    }

    private static async Task<List<long>> Shelf(Person person, int seed)
    {
        var random = new Random(seed);
        var ids = new List<long>();
        for (var n = 0; n < 4; n++)
        {
            var (amount, threshold) = (random.Next(2, 8), random.Next(3) == 0 ? (int?)null : random.Next(0, 8));
            var item = (await person.Post("/api/items", new { name = $"Thing {n}", amount, threshold }))
                .Json.GetProperty("id").GetInt64();
            if (seed % 3 == 0 && random.Next(2) == 0) await person.Delete($"/api/items/{item}");
            ids.Add(item);
        }
        return ids;
    }

    private static Dictionary<string, object?> Change(Random random) => random.Next(5) switch
    {
        0 => new() { ["archived"] = true },
        1 => new() { ["archived"] = false },
        2 => new() { ["threshold"] = random.Next(0, 8) },
        3 => new() { ["threshold"] = null },
        _ => new() { ["delta"] = random.Next(2) == 0 ? random.Next(1, 5) : -random.Next(1, 3), ["note"] = "all" },
    };

    private static object Part(long item, Dictionary<string, object?> change) =>
        change.TryGetValue("archived", out var archived)
            ? archived is true
                ? new { method = "DELETE", path = $"/api/items/{item}" }
                : new { method = "POST", path = $"/api/items/{item}/restore" }
            : change.ContainsKey("threshold")
                ? new { method = "PATCH", path = $"/api/items/{item}", body = change }
                : new { method = "POST", path = $"/api/items/{item}/movements", body = change };

    private static async Task Same(TestApp app, Person one, Person other, string what)
    {
        var (left, right) = (await State(app, one), await State(app, other));
        left.Length.ShouldBeGreaterThan(100);
        left.ShouldBe(right, what);
    }

    private static async Task<string> State(TestApp app, Person person)
    {
        var state = new List<string>();
        foreach (var list in new[] { "/api/items", "/api/items?archived=true" })
            foreach (var item in (await person.Get(list)).Json.EnumerateArray())
            {
                state.Add($"{item}");
                state.Add((await person.Get($"/api/items/{item.GetProperty("id")}/movements")).Text);
            }
        foreach (var entry in await app.Entries(person.Workspace))
            state.Add($"{entry.Kind} {entry.Seq} {entry.Version} {entry.GroupId} {entry.Undoes} {entry.Data} "
                + $"{entry.Items} {entry.Pieces} {entry.Low}");
        await app.Settled(person);
        foreach (var told in (await person.Get("/api/notifications")).Json.EnumerateArray())
            state.Add($"{told.Kind()} {told.GetProperty("entry")} {told.Text()}");
        return Own().Replace(string.Join('\n', state), "");
    }

    /// <summary>
    /// Matches ids and times. They differ between the two people whose states <see cref="Same"/> compares.
    /// </summary>
    [GeneratedRegex(
        @"""(id|item|place|by|at|created_at|created_by|updated_at|updated_by|archived_at)"":(""[^""]*""|\d+),?",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Own();
}
