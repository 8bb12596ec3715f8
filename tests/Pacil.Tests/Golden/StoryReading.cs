using System.Text.Json.Nodes;
using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

/// <summary>The scrubbed responses to Ana's read requests at the end of the story.</summary>
internal static class StoryReading
{
    /// <summary>
    /// The ids of the workspaces that Ana reads: the lab, her own workspace, and the workspace that Dewi owned before.
    /// </summary>
    public static readonly long[] Feeds = [10, 2, 8];

    /// <summary>All log entries that Ana may read, grouped by feed, oldest first.</summary>
    public static async Task<JsonObject> Entries(Person ana)
    {
        var entries = new JsonObject();
        foreach (var feed in Feeds) entries[$"{feed}"] = await Oldest(ana, $"/api/w/{feed}/entries?limit=200");
        entries["administration"] = await Oldest(ana, "/api/users/entries?limit=200");
        entries["inbox"] = new JsonArray(
            [.. (await Poll(ana, "start")).Entries["inbox"].Select(entry => entry.DeepClone())]);
        return entries;
    }

    /// <summary>
    /// The state that the API shows to Ana, except invitations, tokens and sessions, because these expire.
    /// </summary>
    public static async Task<JsonObject> State(Person ana)
    {
        var state = new JsonObject();
        foreach (var path in new[]
                 {
                     "/api/me", "/api/users", "/api/registration", "/api/workspaces", "/api/w/10", "/api/w/8",
                     "/api/w/10/members", "/api/w/8/members",
                     "/api/w/10/items", "/api/w/10/items?archived=true", "/api/w/10/items?starred=true",
                     "/api/items", "/api/w/8/items",
                     "/api/w/10/items/1", "/api/w/10/items/1/movements", "/api/w/10/search?q=etag",
                     "/api/w/10/autocomplete?q=bol",
                     "/api/w/10/rooms", "/api/w/10/rooms/lobby/messages", "/api/w/10/rooms/item:1/messages",
                     "/api/notifications", "/w/10/json",
                 })
            state[path] = Scrub.Json((await Good(ana, path)).Json);
        return state;
    }

    /// <summary>
    /// Sends a long poll that does not wait. Returns the entries of the response by feed, the other members of the
    /// response, and the cursor of the response.
    /// </summary>
    public static async Task<(ILookup<string, JsonNode> Entries, JsonObject Others, string Cursor)> Poll(
        Person ana, string after)
    {
        var answer = (await Good(ana, $"/api/feed?after={after}&follow={string.Join(',', Feeds)}&wait=0")).Json;
        var rest = Scrub.Json(answer).AsObject();
        var entries = rest["entries"]!.AsArray().ToLookup(Feed, entry => entry!);
        rest.Remove("entries");
        return (entries, rest, answer.GetProperty("cursor").GetString()!);
    }

    public static string Feed(JsonNode? entry) => entry!["workspace"] is { } workspace ? workspace.ToString() : "inbox";

    private static async Task<JsonArray> Oldest(Person ana, string path) =>
        new([.. Scrub.Json((await Good(ana, path)).Json).AsArray().Reverse().Select(entry => entry!.DeepClone())]);

    private static async Task<Reply> Good(Person ana, string path)
    {
        var reply = await ana.Get(path);
        reply.Status.ShouldBe(200, $"{path}: {reply.Text}");
        return reply;
    }
}
