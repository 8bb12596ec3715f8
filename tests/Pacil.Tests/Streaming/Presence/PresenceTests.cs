using System.Text.Json;
using Pacil.Data;
using Pacil.Streaming.Presence;
using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming.Presence;

public sealed class PresenceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(FeedTests.Streams), MemberType = typeof(FeedTests))]
    public async Task Who_comes_and_goes_is_told_to_all_who_follow(TestDatabase database, Transport transport)
    {
        var (app, ana, budi) = await Two(database);
        await using var hers = await FeedReader.Open(ana, transport);
        Users(hers.Hello!.Data.GetProperty("here")[0]).ShouldBe([ana.Name]);

        var his = await FeedReader.Open(budi, transport, $"follow={ana.Workspace}");
        Users(his.Hello!.Data.GetProperty("here")[0]).ShouldBe([ana.Name, budi.Name]);
        var joined = await hers.Next("user_joined");
        joined.Id.ShouldBeNullOrEmpty("the cursor does not move");
        joined.Data.GetProperty("workspace").GetInt64().ShouldBe(ana.Workspace);
        joined.Data.GetProperty("place").ValueKind.ShouldBe(JsonValueKind.Null);
        joined.Data.GetProperty("user").GetProperty("id").GetInt64().ShouldBe(budi.Id);
        (Name(joined), Count(joined)).ShouldBe((budi.Name, 2));

        await his.DisposeAsync();
        var left = await hers.Next("user_left");
        (Name(left), Count(left)).ShouldBe((budi.Name, 1));
        (await app.Entries(ana.Workspace)).Select(entry => entry.Kind)
            .ShouldBe(["member_joined"], "presence is never stored");
    }

    [Theory, MemberData(nameof(FeedTests.Streams), MemberType = typeof(FeedTests))]
    public async Task Several_tabs_are_one_person_and_a_reload_is_no_leaving(TestDatabase database, Transport transport)
    {
        var (app, ana, budi) = await Two(database);
        var citra = await app.SignIn();
        await ana.Admit(citra);
        await using var hers = await FeedReader.Open(ana, Transport.WebSocket);
        var one = await FeedReader.Open(budi, transport, $"follow={ana.Workspace}");
        var two = await FeedReader.Open(budi, transport, $"follow={ana.Workspace}");
        await one.DisposeAsync();
        await two.DisposeAsync();
        await using var again = await FeedReader.Open(budi, transport, $"follow={ana.Workspace}");
        var guest = await FeedReader.Open(citra, transport, $"follow={ana.Workspace}");
        await guest.DisposeAsync();

        // If closing one of Budi's connections counted as leaving, Budi's "user_left" would arrive before Citra's
        // "user_joined".
        (Name(await hers.Next("user_joined")), Name(await hers.Next("user_joined"))).ShouldBe((budi.Name, citra.Name));
        Name(await hers.Next("user_left")).ShouldBe(citra.Name);
    }

    [Theory, MemberData(nameof(FeedTests.Streams), MemberType = typeof(FeedTests))]
    public async Task Who_has_another_name_has_it_for_those_who_look_already(TestDatabase database, Transport transport)
    {
        var (_, ana, budi) = await Two(database);
        var item = await ana.CreateItem();
        await using var hers = await FeedReader.Open(ana, Transport.WebSocket);
        var his = await FeedReader.Open(budi, transport, $"follow={ana.Workspace}&here=item:{item}");
        var tab = await FeedReader.Open(budi, transport, $"follow={ana.Workspace}");
        (await Places(hers, 2)).ShouldBe(["user_joined ", $"user_joined item:{item}"]);

        var name = $"{budi.Name}.new";
        (await budi.Patch("/api/me", new { username = name })).Status.ShouldBe(200);

        var (joined, beside) = (await hers.Next("user_joined"), await hers.Next("user_joined"));
        (Name(joined), Count(joined), Name(beside), Count(beside)).ShouldBe((name, 2, name, 1));
        Users(await hers.Ask(new { @do = "here" })).ShouldBe([ana.Name, name]);
        await his.DisposeAsync();
        await tab.DisposeAsync();
        (Name(await hers.Next("user_left")), Name(await hers.Next("user_left"))).ShouldBe((name, name));
    }

    [Theory, Databases]
    public async Task What_they_did_says_the_new_name_also_where_it_is_in_memory(TestDatabase database)
    {
        var (_, ana, budi) = await Two(database);
        await using var hers = await FeedReader.Open(ana, Transport.WebSocket);
        await ana.CreateItem("Bolt");
        await hers.Next();
        var name = $"{ana.Name}.new";
        (await ana.Patch("/api/me", new { username = name })).Status.ShouldBe(200);

        var poll = await budi.Get($"/api/feed?after=start&follow={ana.Workspace}&wait=0");
        poll.Json.GetProperty("entries").EnumerateArray().Last().GetProperty("actor").GetProperty("name")
            .GetString().ShouldBe(name);
    }

    [Theory, Databases]
    public async Task A_socket_says_at_which_places_its_person_is(TestDatabase database)
    {
        var (_, ana, budi) = await Two(database);
        var (one, two, item) = (await ana.CreateRoom(), await ana.CreateRoom(), await ana.CreateItem());
        await using var hers = await FeedReader.Open(ana, Transport.EventStream);
        await using var his = await FeedReader.Open(budi, Transport.WebSocket, $"follow={ana.Workspace}");
        await hers.Next("user_joined");

        var here = await his.Ask(At($"room:{one}", $"item:{item}"));
        Users(here.GetProperty("places").GetProperty($"item:{item}")).ShouldBe([budi.Name]);
        (await Places(hers, 2)).ShouldBe([$"user_joined room:{one}", $"user_joined item:{item}"]);
        await his.Ask(At($"item:{item}", "room:lobby"));
        (await Places(hers, 2)).ShouldBe(
            ["user_joined room:lobby", $"user_left room:{one}"], "what was said before is replaced");
        await his.Ask(new { @do = "join", room = two, workspace = ana.Workspace });
        here = await his.Ask(new { @do = "leave", room = "lobby" });
        here.GetProperty("places").EnumerateObject().Select(place => place.Name)
            .ShouldBe([$"item:{item}", $"room:{two}"], ignoreOrder: true, "who says goodbye is gone");
        await his.Ask(new { @do = "leave", item });
        (await Places(hers, 3)).ShouldBe([$"user_joined room:{two}", "user_left room:lobby", $"user_left item:{item}"]);
        here = await his.Ask(new { @do = "here" });
        here.GetProperty("places").EnumerateObject().Select(place => place.Name).ShouldBe([$"room:{two}"]);
        Users(here).ShouldBe([ana.Name, budi.Name]);
    }

    [Theory, Databases]
    public async Task The_other_transports_say_it_in_the_address(TestDatabase database)
    {
        var (_, ana, budi) = await Two(database);
        var (room, item) = (await ana.CreateRoom(), await ana.CreateItem());
        await using var hers = await FeedReader.Open(ana, Transport.WebSocket);
        var his = await FeedReader.Open(
            budi, Transport.EventStream, $"follow={ana.Workspace}&here=room:{room},item:{item}");
        (await Places(hers, 3)).ShouldBe(["user_joined ", $"user_joined room:{room}", $"user_joined item:{item}"]);
        await his.DisposeAsync();
        (await Places(hers, 3)).ShouldBe(
            [$"user_left room:{room}", $"user_left item:{item}", "user_left "], ignoreOrder: true);

        // A client whose poll names presence locations stays present after the response. A client whose poll names no
        // location is not present.
        (await budi.Get($"/api/feed?follow={ana.Workspace}&wait=0")).Json.TryGetProperty("here", out _).ShouldBeFalse();
        var poll = await budi.Get($"/api/feed?follow={ana.Workspace}&here=room:lobby&wait=0");
        Users(poll.Json.GetProperty("here")[0].GetProperty("places").GetProperty("room:lobby")).ShouldBe([budi.Name]);
        (await Places(hers, 2)).ShouldBe(["user_joined ", "user_joined room:lobby"]);
        Users(await hers.Ask(new { @do = "here" })).ShouldBe([ana.Name, budi.Name]);
    }

    [Theory, Databases]
    public async Task Who_polls_and_is_removed_or_signs_out_is_not_waited_for(TestDatabase database)
    {
        foreach (var isRemoved in new[] { true, false })
        {
            var (_, ana, budi) = await Two(database);
            await using var hers = await FeedReader.Open(ana, Transport.WebSocket);
            await budi.Get($"/api/feed?follow={ana.Workspace}&here=room:lobby&wait=0");
            (await Places(hers, 2)).ShouldBe(["user_joined ", "user_joined room:lobby"]);

            var ended = isRemoved
                ? await ana.Delete($"/api/w/{ana.Workspace}/members/{budi.Id}")
                : await budi.Post("/api/logout");
            ended.Status.ShouldBe(204, ended.Text);
            if (isRemoved) (await hers.Next()).Kind.ShouldBe("member_removed");
            (await Places(hers, 2)).ShouldBe(["user_left ", "user_left room:lobby"], ignoreOrder: true);
        }
    }

    [Theory, Databases]
    public async Task Typing_is_told_to_the_others_and_not_at_every_key(TestDatabase database)
    {
        var (_, ana, budi) = await Two(database);
        var (room, item) = (await ana.CreateRoom(), await ana.CreateItem());
        await using var hers = await FeedReader.Open(ana, Transport.WebSocket);
        await using var his = await FeedReader.Open(budi, Transport.WebSocket, $"follow={ana.Workspace}");
        for (var n = 0; n < 5; n++) await his.Ask(new { @do = "typing", room = "lobby" });
        await his.Ask(new { @do = "typing", room });
        (await hers.Next("typing")).Data.GetProperty("place").GetString().ShouldBe("room:lobby");
        var second = await hers.Next("typing");
        (Name(second), second.Data.GetProperty("place").GetString()).ShouldBe((budi.Name, $"room:{room}"));
        await hers.Ask(new { @do = "typing", item });
        var own = await his.Next("typing");
        (Name(own), own.Data.GetProperty("place").GetString())
            .ShouldBe((ana.Name, $"item:{item}"), "what one types oneself one knows");
    }

    [Theory, Databases]
    public async Task What_is_no_place_is_refused_and_a_strangers_gives_no_hint(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await using var hers = await FeedReader.Open(ana, Transport.WebSocket);
        await using var his = await FeedReader.Open(budi, Transport.WebSocket);
        string[] many = [.. Enumerable.Range(1, 21).Select(n => $"item:{n}")];
        foreach (var (command, code, field) in new (object, string, string)[]
        {
            (new { @do = "here", places = many }, "invalid", "places"),
            (At("shelf:1"), "invalid", "places"),
            (At("room:01"), "invalid", "places"),
            (new { @do = "here", places = new[] { 7 } }, "invalid", "places"),
            (new { @do = "here", places = "room:3" }, "invalid", "places"),
            (new { @do = "here", workspace = "x" }, "invalid", "workspace"),
            (new { @do = "join" }, "invalid", "room"),
            (new { @do = "typing", room = "<b>" }, "invalid", "room"),
            (new { @do = "leave", item = -1 }, "invalid", "item"),
            (new { @do = "here", workspace = ana.Workspace, places = new[] { "room:3" } }, "not_found", ""),
            (new { @do = "join", workspace = ana.Workspace, room = 3 }, "not_found", ""),
            (new { @do = "typing", workspace = ana.Workspace, room = 3 }, "not_found", ""),
            (new { @do = "typing", workspace = 999999, room = 3 }, "not_found", ""),
        })
        {
            await his.Send(command);
            var problem = (await his.Next("problem")).Data;
            problem.GetProperty("code").GetString().ShouldBe(code, command.ToString());
            if (field.Length > 0)
                problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.ToString());
        }
        (await budi.Get("/api/feed?wait=0&here=shelf:1")).ShouldBeProblem(422, "invalid", "here");
        (await budi.Get($"/api/feed?wait=0&here={string.Join(',', many)}")).ShouldBeProblem(422, "invalid", "here");
        (await budi.Get($"/api/feed?wait=0&follow={ana.Workspace}&here=room:3")).ShouldBeProblem(404, "not_found");

        await his.Ask(new { @do = "join", room = "lobby" });
        Users(await hers.Ask(new { @do = "here" })).ShouldBe([ana.Name]);
        await ana.CreateItem("Nothing but this");
        (await hers.Next()).Kind.ShouldBe("item_created");
    }

    [Theory, MemberData(nameof(FeedTests.Streams), MemberType = typeof(FeedTests))]
    public async Task A_removed_member_is_no_longer_here(TestDatabase database, Transport transport)
    {
        var (app, ana, budi) = await Two(database);
        await using var hers = await FeedReader.Open(ana, Transport.WebSocket);
        await using var his = await FeedReader.Open(budi, transport, $"follow={ana.Workspace}");
        Name(await hers.Next("user_joined")).ShouldBe(budi.Name);
        await app.Database.Write(new Actor(ana.Id, ana.Name), tx =>
        {
            tx.Record(new Change(ana.Workspace, "member_removed", "account", budi.Id, 1, "{}"));
            return tx.Execute("delete from member where account_id = @Id and workspace_id = @Workspace",
                new { budi.Id, ana.Workspace });
        }, Cancellation);
        (await hers.Next()).Kind.ShouldBe("member_removed");
        (Name(await hers.Next("user_left")), (await his.Rest())[^1].Event).ShouldBe((budi.Name, "close"));
    }

    [Fact]
    public void Who_missed_too_much_is_told_anew_who_is_here()
    {
        var presence = new PresenceTracker(TimeProvider.System);
        var crowd = presence.Arrive(new PresenceLocation(7, "", new PresentUser(1, "ana")));
        var heard = crowd.Here().Number;
        for (var n = 2; n <= 65; n++) presence.Arrive(new PresenceLocation(7, "", new PresentUser(n, $"guest{n}")));
        var before = heard;
        crowd.Next(ref before, 1)!.Name.ShouldBe("user_joined", "64 are kept");
        presence.Arrive(new PresenceLocation(7, "room:3", new PresentUser(2, "guest2")));

        var state = crowd.Next(ref heard, 1)!;
        state.Name.ShouldBe("here");
        JsonDocument.Parse(state.Data).RootElement.GetProperty("user_count").GetInt32().ShouldBe(65);
        crowd.Next(ref heard, 1).ShouldBeNull();
    }

    private static async Task<(TestApp App, Person Ana, Person Budi)> Two(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        return (app, ana, budi);
    }

    /// <summary>Waits for that many presence events. Returns the name and the location of each event.</summary>
    private static async Task<List<string>> Places(FeedReader reader, int count)
    {
        var told = new List<string>();
        while (told.Count < count)
        {
            var frame = await reader.NextOf("user_joined", "user_left");
            told.Add($"{frame.Event} {frame.Data.GetProperty("place").GetString()}");
        }
        return told;
    }

    private static string[] Users(JsonElement here) =>
        [.. here.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("name").GetString()!)];

    private static object At(params string[] places) => new { @do = "here", places };

    private static string Name(Frame frame) => frame.Data.GetProperty("username").GetString()!;

    private static int Count(Frame frame) => frame.Data.GetProperty("user_count").GetInt32();
}
