using System.Text.Json.Nodes;
using Pacil.Log.Events;
using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

/// <summary>Reads every kind of log entry in every way in which entries can be read.</summary>
public sealed class EntryGoldenTests
{
    private const string File = "entries.json";

    [Theory, Databases]
    public async Task Entries_read_as_the_golden_file_has_them(TestDatabase database)
    {
        var story = await Story.On(database);
        GoldenFile.ShouldMatch(File, await StoryReading.Entries(story.Ana));
    }

    [Theory, Databases]
    public async Task What_there_is_reads_as_the_golden_file_has_it(TestDatabase database)
    {
        var story = await Story.On(database);
        GoldenFile.ShouldMatch("state.json", await StoryReading.State(story.Ana));
    }

    [Theory, Databases]
    public async Task A_long_poll_sends_the_same_entries(TestDatabase database)
    {
        var story = await Story.On(database);
        var (entries, rest, _) = await StoryReading.Poll(story.Ana, "start");
        foreach (var feed in StoryReading.Feeds.Select(feed => $"{feed}").Append("inbox"))
            GoldenFile.Compare(File, GoldenFile.Read(File)[feed],
                new JsonArray([.. entries[feed].Select(entry => entry.DeepClone())]));
        rest.Select(member => member.Key).ShouldBe(["cursor"]);
    }

    [Theory, Databases]
    public async Task Streams_send_the_same_entries(TestDatabase database)
    {
        var story = await Story.On(database);
        var golden = GoldenFile.Read(File).AsObject();
        golden.Remove("administration");
        foreach (var transport in new[] { Transport.WebSocket, Transport.EventStream })
        {
            await using var reader = await FeedReader.Open(
                story.Ana, transport, $"after=start&follow={string.Join(',', StoryReading.Feeds)}");
            var came = golden.ToDictionary(feed => feed.Key, _ => new JsonArray());
            for (var left = golden.Sum(feed => feed.Value!.AsArray().Count); left > 0; left--)
            {
                var entry = Scrub.Json((await reader.NextOf("entry", "inbox")).Data);
                came[StoryReading.Feed(entry)].Add(entry);
            }
            foreach (var (feed, entries) in came)
                GoldenFile.Compare($"{File} by {transport}, {feed}", golden[feed], entries);
        }
    }

    [Fact]
    public void Every_kind_is_in_the_golden_file()
    {
        var golden = GoldenFile.Read(File).AsObject();
        var kinds = golden.ToDictionary(feed => feed.Key,
            feed => feed.Value!.AsArray().Select(entry => entry!["kind"]!.GetValue<string>()).ToHashSet());

        EventRegistry.OfWorkspaces.Select(kind => kind.Name)
            .Except(StoryReading.Feeds.SelectMany(feed => kinds[$"{feed}"])).ShouldBeEmpty();
        kinds.Values.SelectMany(all => all).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(EventRegistry.All.Select(kind => kind.Name));
    }

    [Fact]
    public async Task The_description_of_the_API_names_the_members_of_an_entry()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var schemas = (await app.Stranger().Get("/openapi/v1.json")).Json.GetProperty("components")
            .GetProperty("schemas");
        var entries = GoldenFile.Read(File).AsObject().SelectMany(feed => feed.Value!.AsArray())
            .Select(entry => entry!.AsObject()).ToList();

        Described("Entry").ShouldBe(Written(entries));
        Described("EntryActor").ShouldBe(Written(entries.Select(entry => entry["actor"]!.AsObject())));
        Described("EntrySubject").ShouldBe(Written(entries.Select(entry => entry["subject"]!.AsObject())));
        Described("EntryCounts").ShouldBe(
            Written(entries.Where(entry => entry.ContainsKey("counts")).Select(entry => entry["counts"]!.AsObject())));

        IEnumerable<string> Described(string schema) =>
            schemas.GetProperty(schema).GetProperty("properties").EnumerateObject().Select(member => member.Name)
                .Order();
        static IEnumerable<string> Written(IEnumerable<JsonObject> objects) =>
            objects.SelectMany(one => one.Select(member => member.Key)).Distinct().Order();
    }
}
