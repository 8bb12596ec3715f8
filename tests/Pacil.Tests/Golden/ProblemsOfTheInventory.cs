using Pacil.Tests.Chat;
using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

/// <summary>Problems caused by the state of items, rooms and messages.</summary>
internal static class ProblemsOfTheInventory
{
    public static readonly Dictionary<string, Func<ProblemWorld, Task<Reply>>> All = new()
    {
        ["archived"] = async world => await Take(world, await Archived(world), 1),
        ["insufficient_stock"] = async world => await Take(world, await world.Item(5), 7),
        ["already_undone"] = async world =>
        {
            await world.Item();
            var seq = await world.NewestEntry();
            await world.Ana.Post($"{world.Api}/entries/{seq}/undo");
            return await world.Ana.Post($"{world.Api}/entries/{seq}/undo");
        },
        ["cannot_be_undone"] = world => world.Ana.Post($"{world.Api}/entries/1/undo"),
        ["changed_since"] = async world =>
        {
            var item = await world.Item();
            await world.Ana.Patch($"{world.Api}/items/{item}", new { name = "Nut" });
            var seq = await world.NewestEntry();
            await world.Ana.Patch($"{world.Api}/items/{item}", new { name = "Screw" });
            return await world.Ana.Post($"{world.Api}/entries/{seq}/undo");
        },
        ["bulk_refused"] = async world => await Bulk(world,
            new { ids = new[] { await world.Item(1), await Archived(world) }, change = new { delta = -3 } }),
        ["nothing_matches"] = world =>
            Bulk(world, new { filter = new { search = "nowhere" }, change = new { threshold = 3 } }),
        ["other_items"] = async world => await Bulk(
            world, new { ids = new[] { await world.Item() }, change = new { threshold = 3 }, fingerprint = "another" }),
        ["room_fixed"] = world => world.Ana.Patch($"{world.Api}/rooms/lobby", new { name = "Hall" }),
        ["room_archived"] = async world =>
        {
            var room = await world.Made($"{world.Api}/rooms", new { name = "Garage" });
            await world.Ana.Patch($"{world.Api}/rooms/{room}", new { archived = true });
            return await world.Ana.Post($"{world.Api}/rooms/{room}/messages", new { text = "Hello" });
        },
        ["message_deleted"] = async world =>
        {
            var message = (await world.Ana.Say("Hello", $"{world.Api}/rooms/lobby/messages")).Number("id");
            await world.Ana.Delete($"{world.Api}/rooms/lobby/messages/{message}");
            return await world.Ana.Patch($"{world.Api}/rooms/lobby/messages/{message}", new { text = "Hello again" });
        },
        ["too_many_requests"] = async world =>
        {
            for (var n = 0; n < ProblemWorld.MessagesPerMinute; n++) await world.Budi.Say("Hello");
            return await world.Budi.Post("/api/rooms/lobby/messages", new { text = "Hello" });
        },
    };

    private static Task<Reply> Take(ProblemWorld world, long item, long count) =>
        world.Ana.Post($"{world.Api}/items/{item}/movements", new { delta = -count });

    private static Task<Reply> Bulk(ProblemWorld world, object request) =>
        world.Ana.Post($"{world.Api}/items/bulk", request);

    private static async Task<long> Archived(ProblemWorld world)
    {
        var item = await world.Item();
        await world.Ana.Delete($"{world.Api}/items/{item}");
        return item;
    }
}
