using System.Text;
using System.Text.Json.Nodes;
using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

/// <summary>Problems that any request can cause, independent of its route.</summary>
internal static class ProblemsOfRequests
{
    public static readonly Dictionary<string, Func<ProblemWorld, Task<Reply>>> All = new()
    {
        ["malformed"] = world => Send(world, "{", "application/json"),
        ["unsupported_media_type"] = world => Send(world, "{}", "text/plain"),
        ["too_large"] = world => Send(world, new string(' ', 1024 * 1024 + 1), "application/json"),
        ["invalid"] = world => world.Ana.Post("/api/items", new { name = "", amount = -1 }),
        ["not_signed_in"] = world => world.Stranger().Get("/api/items"),
        ["not_found"] = world => world.Ana.Get("/api/items/999999"),
        ["method_not_allowed"] = world => world.Ana.Put("/api/items"),
        ["not_acceptable"] = world => world.Ana.Get("/api/items", ("Accept", "image/png")),
        ["csrf"] = world => world.Ana.Post("/api/items", new { name = "Bolt" }, ("X-CSRFToken", "")),
        ["unknown_host"] = world => world.Ana.Get("/api/items", ("Host", "evil.example")),
        ["bad_cursor"] = world => world.Ana.Get("/api/items?cursor=x"),
        ["bad_etag"] = async world =>
            await world.Ana.Patch($"{world.Api}/items/{await world.Item()}", new { name = "Nut" }, ("If-Match", "7")),
        ["version_required"] = async world =>
            await world.Ana.Put($"{world.Api}/items/{await world.Item()}", new { name = "Nut" }),
        ["version_conflict"] = async world => await world.Ana.Put(
            $"{world.Api}/items/{await world.Item()}", new { name = "Nut 'n' <bolt> 😀" }, ("If-Match", "\"7\"")),
        ["bad_idempotency_key"] = world =>
            world.Ana.Post("/api/items", new { name = "Bolt" }, ("Idempotency-Key", "a b")),
        ["idempotency_key_reused"] = async world =>
        {
            await world.Ana.Post("/api/items", new { name = "Bolt" }, ("Idempotency-Key", "reused"));
            return await world.Ana.Post("/api/items", new { name = "Nut" }, ("Idempotency-Key", "reused"));
        },
        ["already_applied"] = async world =>
        {
            await world.Ana.Post("/api/items", new { name = "Bolt" }, ("Idempotency-Key", "applied"));
            // Stored responses expire after a month. This statement deletes them now.
            await world.App.Database.Write(Pacil.Data.Actor.Maintenance, tx => tx.Execute("delete from idempotency"),
                TestContext.Current.CancellationToken);
            return await world.Ana.Post("/api/items", new { name = "Bolt" }, ("Idempotency-Key", "applied"));
        },
        ["too_many_streams"] = async world =>
        {
            await using var open = await FeedReader.Open(world.Ana, Transport.EventStream);
            return await world.Ana.Get("/api/feed?wait=0");
        },
        ["batch_failed"] = world => world.Batch(atomic: true, New(world, "Bolt"), New(world, "")),
    };

    /// <summary>Problems that appear only in a batch response.</summary>
    public static readonly Dictionary<string, Func<ProblemWorld, Task<(JsonNode Responses, int Part)>>> Parts = new()
    {
        ["not_done"] = async world =>
            (Responses(await world.Batch(atomic: true, New(world, "Bolt"), New(world, ""))), 0),
        ["not_atomic"] = async world => (Responses(await world.Batch(atomic: true, new { path = "/api/items" })), 0),
        ["not_in_a_batch"] = async world =>
            (Responses(await world.Batch(atomic: false, new { method = "POST", path = "/api/logout" })), 0),
    };

    private static object New(ProblemWorld world, string name) =>
        new { method = "POST", path = $"{world.Api}/items", body = new { name } };

    private static JsonNode Responses(Reply reply) => JsonNode.Parse(reply.Text)!["responses"]!;

    private static Task<Reply> Send(ProblemWorld world, string body, string type) =>
        world.Ana.Post("/api/items", new StringContent(body, Encoding.UTF8, type));
}
