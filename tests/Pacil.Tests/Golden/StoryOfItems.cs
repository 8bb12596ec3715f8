using Pacil.Tests.Chat;

namespace Pacil.Tests.Golden;

/// <summary>The part of the story about items, amounts, bulk changes and undo.</summary>
internal static class StoryOfItems
{
    public const string ShelfName = "Étagère <80 cm> & \"more\" 'it' 😀";

    public static async Task Tell(Story story)
    {
        var shelf = await One(story);
        await Many(story);
        await Stars(story, shelf);
    }

    private static async Task<long> One(Story story)
    {
        var (ana, budi, items) = (story.Ana, story.Budi, $"{story.Api}/items");
        var shelf = (await story.Do(ana.Post(
            items, new
            {
                name = ShelfName,
                description = "one\ntwo\t<b>three</b> & 'four'",
                amount = 25,
                unit = "pcs",
                threshold = 5,
            },
            ("Idempotency-Key", "story-1")))).Number("id");
        await story.Do(
            ana.Patch($"{items}/{shelf}", new { name = "Shelf", unit = "m²" }, ("Idempotency-Key", "story-2")));
        await story.Do(ana.Patch($"{items}/{shelf}", new { name = ShelfName, threshold = (int?)null }));
        await story.Do(ana.Put(
            $"{items}/{shelf}", new { name = ShelfName, description = "one", unit = "pcs", threshold = 5, amount = 30 },
            ("If-Match", "*")));
        await story.Do(
            budi.Post($"{items}/{shelf}/movements", new { delta = -26, note = "O'Brien <took> & \"left\" 😀" }));
        await story.Do(budi.Post($"{items}/{shelf}/movements", new { delta = 10, reason = "corrected" }));
        await story.Do(budi.Delete($"{items}/{shelf}"));
        await story.Do(budi.Post($"{items}/{shelf}/restore"));
        await Undo(story, await Newest(story, "stock_moved"));
        return shelf;
    }

    private static async Task Many(Story story)
    {
        var (ana, items) = (story.Ana, $"{story.Api}/items");
        await story.Do(ana.Post("/api/batch", new
        {
            atomic = true,
            requests = new[]
            {
                new { method = "POST", path = items, body = new { name = "Bolt", amount = 7 } },
                new { method = "POST", path = items, body = new { name = "Nut 'n' <bolt>", amount = 9 } },
            },
        }));
        await story.Do(
            ana.Post($"{items}/bulk", new { filter = new { }, change = new { delta = 2, note = "Every <one>" } }));
        await Undo(story, await Newest(story, "stock_moved"));
        await story.Do(
            ana.Post($"{items}/bulk", new { filter = new { search = "bolt" }, change = new { threshold = 7 } }));
        await story.Do(
            ana.Post($"{items}/bulk", new { filter = new { search = "nut" }, change = new { archived = true } }));
        await story.Do(ana.Post("/api/items", new { name = "Ana's own", amount = 1 }));
    }

    private static async Task Stars(Story story, long shelf)
    {
        var star = $"{story.Api}/items/{shelf}/star";
        await story.Do(story.Ana.Put(star));
        await story.Do(story.Ana.Delete(star));
        await story.Do(story.Ana.Put(star));
    }

    private static async Task<long> Newest(Story story, string kind) =>
        (await story.Ana.Get($"{story.Api}/entries?kind={kind}&limit=1")).Json[0].Number("seq");

    private static Task<System.Text.Json.JsonElement> Undo(Story story, long seq) =>
        story.Do(story.Ana.Post($"{story.Api}/entries/{seq}/undo"));
}
