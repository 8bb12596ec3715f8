using System.Text.Json.Nodes;
using Pacil.Streaming;
using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

/// <summary>Every frame that a stream sends, and the response to a long poll.</summary>
public sealed class FrameGoldenTests
{
    [Theory, Databases]
    public async Task Frames_are_as_the_golden_file_has_them(TestDatabase database)
    {
        await using var app = await TestApp.Start(database, settings => settings with { Limits = "off" });
        // Each transport gets its own accounts, because a user who has just disconnected counts as present for a while.
        var frames = new JsonObject
        {
            ["WebSocket"] = await Told(await Owner(app, "ana"), await app.SignIn("budi"), Transport.WebSocket),
            ["EventStream"] = await Told(await Owner(app, "citra"), await app.SignIn("dewi"), Transport.EventStream),
            ["LongPoll"] = await Polled(await Owner(app, "eko")),
            ["answers"] = await Answers(await Owner(app, "fira")),
            // The test makes the heartbeat itself, because a stream sends a heartbeat only every 15 seconds.
            ["heartbeat"] = Scrub.Json(JsonNode.Parse(FeedFrames.Time(TimeProvider.System.GetUtcNow().UtcDateTime))),
        };
        GoldenFile.ShouldMatch("frames.json", frames);
    }

    private static async Task<Person> Owner(TestApp app, string name)
    {
        var owner = await app.SignIn(name);
        owner.Known = await owner.CreateItem(StoryOfItems.ShelfName);
        return owner;
    }

    /// <summary>The frames that a stream sends without a command from the client.</summary>
    private static async Task<JsonObject> Told(Person ana, Person budi, Transport transport)
    {
        await ana.Admit(budi);
        var (follow, item, star) = ($"follow={ana.Workspace}", ana.Known, $"/api/items/{ana.Known}/star");
        // A WebSocket names the event of an entry. Server-sent events contain no event name for an entry.
        var entry = transport == Transport.WebSocket ? "entry" : null;
        var told = new JsonObject();
        await using var hers = await RawStream.Open(ana, transport, $"after=start&{follow}");
        if (hers.Retry is not null) told["first"] = hers.Retry;
        told["hello"] = hers.Hello;
        told["entry"] = await hers.Next(entry, frame => frame["data"]!["workspace"] is not null);
        (await ana.Put(star)).Status.ShouldBe(200);
        told["entry of the inbox"] = await hers.Next(entry, frame => frame["data"]!["workspace"] is null);
        (await ana.Delete(star)).Status.ShouldBe(200);

        await using (var his = await RawStream.Open(budi, Transport.WebSocket, follow))
        {
            told["user_joined"] = await hers.Next("user_joined");
            await his.Send(new { @do = "join", item = ana.Known });
            told["user_joined at a place"] = await hers.Next("user_joined");
            await his.Send(new { @do = "typing", item });
            told["typing"] = await hers.Next("typing");
            await his.Send(new { @do = "leave", item });
            told["user_left"] = await hers.Next("user_left");
        }
        await using (var lost = await RawStream.Open(ana, transport, $"after=aaaaaaaaaaaa.{ana.Workspace}-1-0a0b0c0d"))
            told["reset"] = new JsonArray(lost.Hello, await lost.Next("reset"));
        await using (var gone = await RawStream.Open(ana, transport, "after=aaaaaaaaaaaa.999-1-0a0b0c0d"))
            told["gone"] = new JsonArray(gone.Hello, await gone.Next("gone"), await gone.Next("close"));
        (await ana.Post("/api/logout")).Status.ShouldBe(204);
        told["close"] = await hers.Next("close");
        await ana.SignIn();
        return told;
    }

    /// <summary>The response to each command of a WebSocket.</summary>
    private static async Task<JsonObject> Answers(Person ana)
    {
        var answers = new JsonObject();
        await using var socket = await RawStream.Open(ana, Transport.WebSocket, "");
        foreach (var (command, answer) in new (object, string)[]
                 {
                     (new { @do = "follow", @ref = 1, workspaces = new[] { ana.Workspace } }, "done"),
                     (new { @do = "here", @ref = "a", places = new[] { "room:lobby" } }, "done"),
                     (new { @do = "join", item = ana.Known }, "done"),
                     (new { @do = "leave", item = ana.Known }, "done"),
                     (new { @do = "typing", room = "lobby" }, "done"),
                     (new { @do = "say", @ref = 2, room = "lobby", text = "<b>Hello</b> & 'you' 😀", key = "said-1" },
                         "done"),
                     (new { @do = "say", @ref = 3, room = "lobby", text = "" }, "problem"),
                     (new { @do = "dance", @ref = 4 }, "problem"),
                 })
        {
            await socket.Send(command);
            answers[JsonLines.Compact(JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(command)))] =
                await socket.Next(answer);
        }
        return answers;
    }

    private static async Task<JsonObject> Polled(Person ana)
    {
        var polled = new JsonObject();
        foreach (var query in new[]
                 {
                     "wait=0", $"wait=0&here=item:{ana.Known}", $"after=aaaaaaaaaaaa.{ana.Workspace}-1-0a0b0c0d&wait=0",
                     "after=aaaaaaaaaaaa.999-1-0a0b0c0d&wait=0",
                 })
            polled[query] = Scrub.Json((await ana.Get($"/api/feed?{query}")).Json);
        return polled;
    }
}
