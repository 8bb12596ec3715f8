using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pacil.Log;
using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

/// <summary>Reads every kind of log entry in every way in which entries can be read.</summary>
public sealed partial class EntryGoldenTests
{
    private const string File = "entries.json";

    /// <summary>
    /// Kinds of entries in inboxes and in the administrators' log. EntryKinds.All does not contain them.
    /// </summary>
    private static readonly string[] OwnKinds =
    [
        "notification_added", "notifications_read", "item_starred", "item_unstarred",
        "account_created", "account_changed", "account_promoted", "account_demoted", "account_locked",
        "account_unlocked",
        "account_signed_out", "account_erased", "account_redacted", "sign_in_link_created",
        "token_created", "token_revoked",
        "registration_changed",
    ];

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

        EntryKinds.All.Except(StoryReading.Feeds.SelectMany(feed => kinds[$"{feed}"])).ShouldBeEmpty();
        OwnKinds.Except(kinds["inbox"].Concat(kinds["administration"])).ShouldBeEmpty();
        kinds.Values.SelectMany(all => all).Except(EntryKinds.All).Except(OwnKinds).ShouldBeEmpty();
    }

    /// <summary>Searches the source files for kinds that the tests do not know yet.</summary>
    [Fact]
    public void Every_kind_that_the_sources_write_is_known_here()
    {
        var written = Repository.Files("src/Pacil", "cs").Where(file => file.Text.Contains("tx.Record("))
            .SelectMany(file => Kind().Matches(file.Text)).Select(match => match.Groups["kind"].Value).ToHashSet();

        written.Count.ShouldBeGreaterThan(30);
        written.Except(EntryKinds.All).Except(OwnKinds).Except(NoKinds).ShouldBeEmpty();
    }

    /// <summary>Problem codes that match the expression below but are not kinds of entries.</summary>
    private static readonly string[] NoKinds = ["message_deleted", "room_fixed"];

    [GeneratedRegex(
        @"""(?<kind>(item|stock|member|workspace|room|account|token|registration|sign_in_link|notifications?|message)"
            + @"_\w*(ed|low|read|out))""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Kind();
}
