using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Streaming.Presence;
using Pacil.Tests.Support;

namespace Pacil.Tests.Streaming.Presence;

/// <summary>Checks that presence uses limited memory, whatever presence locations clients send.</summary>
public sealed class PresenceBoundTests
{
    [Theory, Databases]
    public async Task A_place_must_be_there_and_anothers_looks_like_none(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var (hers, room) = (await ana.CreateItem(), await ana.CreateRoom());
        var (item, closed) = (await budi.CreateItem(), await budi.CreateRoom());
        await using var his = await FeedReader.Open(budi, Transport.WebSocket);
        var texts = new HashSet<string>();
        foreach (var (command, field) in new (object, string)[]
        {
            (new { @do = "here", places = new[] { $"item:{item}", $"item:{hers}" } }, "places"),
            (new { @do = "here", places = new[] { "item:999999999" } }, "places"),
            (new { @do = "here", places = new[] { $"room:{item + 999_999_999}" } }, "places"),
            (new { @do = "join", room }, "room"),
            (new { @do = "join", item = 999_999_999 }, "item"),
            (new { @do = "typing", item = hers }, "item"),
            (new { @do = "typing", room = 999_999_999 }, "room"),
        })
        {
            await his.Send(command);
            texts.Add((await his.Next("problem")).Data.GetProperty("errors").GetProperty(field)[0].GetString()!);
        }
        texts.ShouldBe(["There is no such room or item in this workspace."]);
        Places(await his.Ask(new { @do = "here" })).ShouldBeEmpty();

        // A client that reconnects names its earlier presence locations. The server accepts those that still exist.
        var poll = await budi.Get($"/api/feed?wait=0&here=item:{hers},item:{item},room:999999999");
        Places(poll.Json.GetProperty("here")[0]).ShouldBe([$"item:{item}"]);
        // Users can still be present at archived items and in archived rooms.
        (await budi.Delete($"/api/items/{item}")).Status.ShouldBe(200);
        (await budi.Patch($"/api/rooms/{closed}", new { archived = true })).Status.ShouldBe(200);
        string[] kinds = [(await his.Next()).Kind, (await his.Next()).Kind];
        kinds.ShouldBe(["item_archived", "room_archived"]);
        Places(await his.Ask(new { @do = "here", places = new[] { $"item:{item}", $"room:{closed}" } }))
            .Length.ShouldBe(2);
    }

    [Theory, Databases]
    public async Task Places_that_are_made_up_leave_hello_small(TestDatabase database)
    {
        var (_, ana, budi) = await Two(database);
        for (var poll = 0; poll < 30; poll++)
        {
            var places = string.Join(',', Enumerable.Range(1_000_000 + 20 * poll, 20).Select(n => $"item:{n}"));
            (await budi.Get($"/api/feed?wait=0&follow={ana.Workspace}&here={places}"))
                .Text.Length.ShouldBeLessThan(1000);
        }
        await using var hers = await FeedReader.Open(ana, Transport.EventStream);
        hers.Hello!.Data.GetRawText().Length.ShouldBeLessThan(1000);
    }

    [Theory, Databases]
    public async Task An_account_is_at_so_many_places_by_all_its_connections(TestDatabase database)
    {
        var (app, ana, budi) = await Two(database);
        var items = await Items(app, ana, 60);
        await using var one = await FeedReader.Open(budi, Transport.WebSocket, $"follow={ana.Workspace}");
        await using var two = await FeedReader.Open(
            budi, Transport.WebSocket, $"follow={ana.Workspace}&here={string.Join(',', items[20..40])}");
        await using var three = await FeedReader.Open(budi, Transport.WebSocket, $"follow={ana.Workspace}");
        await one.Ask(new { @do = "here", places = items[..20] });

        await three.Send(new { @do = "here", places = items[40..] });
        (await three.Next("problem")).Data.GetProperty("errors")
            .GetProperty("places")[0].GetString()!.ShouldContain("50");
        (await budi.Get($"/api/feed?wait=0&follow={ana.Workspace}&here={string.Join(',', items[40..])}"))
            .ShouldBeProblem(422, "invalid", "here");
        Places(await three.Ask(new { @do = "here" })).Length.ShouldBe(40);
        // The limit counts a location only one time, even if several connections of the account are there. It does not
        // count locations of other accounts.
        await three.Ask(new { @do = "here", places = items[..20] });
        await using var hers = await FeedReader.Open(ana, Transport.WebSocket, $"here={string.Join(',', items[40..])}");
        Places(hers.Hello!.Data.GetProperty("here")[0]).Length.ShouldBe(60);
        await two.Ask(new { @do = "here", places = Array.Empty<string>() });
        await three.Ask(new { @do = "here", places = items[40..] });
    }

    [Theory, Databases]
    public async Task Who_polls_lingers_where_they_polled_last(TestDatabase database)
    {
        var (app, ana, budi) = await Two(database);
        var items = await Items(app, ana, 60);
        for (var from = 0; from < 60; from += 20)
            (await budi.Get(
                $"/api/feed?wait=0&follow={ana.Workspace}&here={string.Join(',', items[from..(from + 20)])}"))
                .Status.ShouldBe(200);
        await using var hers = await FeedReader.Open(ana, Transport.WebSocket);
        string[] places;
        var watch = Stopwatch.StartNew();
        // The locations of the last poll displace those of the earlier polls. A user leaves a location two seconds
        // after it is displaced.
        do places = Places(await Slowly(hers));
        while (places.Length > 20 && watch.Elapsed < TimeSpan.FromSeconds(20));
        places.ShouldBe(items[40..], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_is_here_takes_so_many_bytes_however_many_they_are()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        long[] workspaces =
            [ana.Workspace, await ana.CreateWorkspace(), await ana.CreateWorkspace(), await ana.CreateWorkspace()];
        var presence = app.Services.GetRequiredService<PresenceTracker>();
        foreach (var workspace in workspaces)
            for (var n = 1; n <= 5000; n++)
            {
                var visitor = new PresentUser(100_000 + n, $"{n}".PadLeft(150, '+'));
                presence.Arrive(new PresenceLocation(workspace, "", visitor));
                presence.Arrive(new PresenceLocation(workspace, $"item:{n}", visitor));
            }
        await using var hers = await FeedReader.Open(
            ana, Transport.EventStream, $"follow={string.Join(',', workspaces)}");
        var here = hers.Hello!.Data.GetProperty("here").EnumerateArray().ToList();
        here.Count.ShouldBe(4);
        here.ShouldAllBe(one => one.GetProperty("user_count").GetInt32() == 5001
            && one.GetRawText().Length <= 128 * 1024);
        hers.Hello!.Data.GetRawText().Length.ShouldBeInRange(200 * 1024, 258 * 1024);
        Places(here[0]).Length.ShouldBeInRange(500, 5000);
        Places(here[3]).ShouldBeEmpty();
        var poll = await ana.Get($"/api/feed?wait=0&here=room:lobby&follow={workspaces[0]}");
        poll.Text.Length.ShouldBeLessThan(129 * 1024);
    }

    /// <summary>Up to 100,000 messages wait to be sent, so each must be short.</summary>
    [Theory, InlineData('+'), InlineData('ж'), InlineData('a')]
    public void A_message_to_the_other_processes_is_short_whatever_the_name(char letter)
    {
        var location = new PresenceLocation(
            long.MaxValue, $"item:{long.MaxValue}", new PresentUser(long.MaxValue, new string(letter, 150)));
        var json = new PresenceMessage(PresenceMessageKind.Arrived, location).ToJson();
        json.Length.ShouldBeLessThan(340);
        PresenceMessage.Read(json).ShouldBe(new PresenceMessage(PresenceMessageKind.Arrived, location));
    }

    [Fact]
    public void Somebody_who_comes_and_goes_all_the_time_waits_once()
    {
        var due = new ExpiryQueue(TimeProvider.System, TimeSpan.FromMinutes(1));
        for (var n = 0; n < 1000; n++)
        {
            due.Put(new PresenceLocation(7, "", new PresentUser(1, "ana"))).ShouldBe(n == 0);
            due.Put(new PresenceLocation(7, "item:9", new PresentUser(1, $"ana{n}")))
                .ShouldBe(n == 0, "by another name it is the same person");
        }
        due.Of(1).Select(spot => spot.Place).ShouldBe(["", "item:9"]);
        due.Take().ShouldBeEmpty();
        due.Remove(new PresenceLocation(7, "", new PresentUser(1, "ana"))).ShouldBeTrue();
        due.Of(1).Count.ShouldBe(1);
    }

    [Fact]
    public void Whoever_is_due_is_taken_in_their_order()
    {
        var due = new ExpiryQueue(TimeProvider.System, TimeSpan.Zero);
        string[] names = ["ana", "budi", "citra"];
        for (var n = 0; n < 6; n++) due.Put(new PresenceLocation(7, $"item:{n}", new PresentUser(n % 3, names[n % 3])));
        due.Put(new PresenceLocation(7, "item:0", new PresentUser(0, names[0])));
        due.Take().Select(spot => spot.Place).ShouldBe(["item:1", "item:2", "item:3", "item:4", "item:5", "item:0"]);
        due.Take().ShouldBeEmpty();
    }

    [Fact]
    public void Somebody_who_types_everywhere_is_told_of_at_so_many_places()
    {
        var presence = new PresenceTracker(TimeProvider.System);
        var told = 0;
        presence.Changed += (kind, _) => told += kind == PresenceMessageKind.Typing ? 1 : 0;
        for (var n = 0; n < 100; n++) presence.Type(new PresenceLocation(7, $"item:{n}", new PresentUser(1, "ana")));
        told.ShouldBe(20);
        presence.Type(new PresenceLocation(7, "item:1", new PresentUser(2, "budi")));
        told.ShouldBe(21);
    }

    /// <summary>
    /// Waits for a moment, because a WebSocket has a rate limit, and then requests the list of present users.
    /// </summary>
    private static async Task<JsonElement> Slowly(FeedReader reader)
    {
        await Task.Delay(100);
        return await reader.Ask(new { @do = "here" });
    }

    private static async Task<(TestApp App, Person Ana, Person Budi)> Two(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        await ana.Admit(budi);
        return (app, ana, budi);
    }

    private static async Task<string[]> Items(TestApp app, Person person, int count)
    {
        await app.Fill(person, count, n => $"Bolt {n}");
        var items = (await person.Get($"/api/items?limit={count}")).Json;
        return [.. items.EnumerateArray().Select(item => $"item:{item.GetProperty("id").GetInt64()}")];
    }

    private static string[] Places(JsonElement here) =>
        [.. here.GetProperty("places").EnumerateObject().Select(place => place.Name)];
}
