using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pacil.Data;
using Pacil.Log;
using Pacil.Log.Events;
using Pacil.Tests.Golden;
using Pacil.Tests.Support;
using Pacil.Web.Language;

namespace Pacil.Tests.Log.Events;

/// <summary>
/// Checks that every kind of event is complete: it is registered, it can be read and written, it has texts, and it can
/// be undone or says why not.
/// </summary>
public sealed partial class EventRegistryTests
{
    private static readonly List<JsonNode> Entries =
        [.. GoldenFile.Read("entries.json").AsObject().SelectMany(feed => feed.Value!.AsArray()).OfType<JsonNode>()];

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void Every_event_can_be_recorded()
    {
        var events = typeof(Event).Assembly.GetTypes()
            .Where(type => typeof(Event).IsAssignableFrom(type) && !type.IsAbstract)
            .Except([typeof(RedactedEvent), typeof(UnknownEvent)]).ToList();
        events.Count.ShouldBeGreaterThan(40);
        EventRegistry.All.Select(kind => kind.Type).ShouldBe(events, ignoreOrder: true);
        EventRegistry.All.Select(kind => kind.Name).ShouldAllBe(name => PastTense().IsMatch(name));
        EventRegistry.All.DistinctBy(kind => kind.Name).Count().ShouldBe(EventRegistry.All.Count);
    }

    [Fact]
    public void Every_golden_entry_reads_as_its_event_and_is_written_as_it_was()
    {
        Entries.Count.ShouldBeGreaterThan(60);
        foreach (var entry in Entries)
        {
            var (kind, data) = (entry["kind"]!.GetValue<string>(), DataOf(entry));
            var what = EventRegistry.Read(kind, data);
            if (data == Redaction.Data) what.ShouldBeOfType<RedactedEvent>();
            else
            {
                EventRegistry.Of(what).Name.ShouldBe(kind, data);
                EventRegistry.Of(what).SubjectType.ShouldBe(entry["subject"]!["type"]!.GetValue<string>());
                JsonNode.Parse(EventRegistry.Of(what).Write(what))!.ToJsonString(Plain).ShouldBe(data);
            }
        }
    }

    [Theory, InlineData("en"), InlineData("id")]
    public void Every_event_has_its_texts(string language)
    {
        var texts = Texts.In(language);
        foreach (var kind in EventRegistry.OfWorkspaces) texts.ShouldContainKey($"activity.kind.{kind.Name}");
        foreach (var (entry, what) in Entries.Select(entry => (entry, Read(entry))))
        {
            var text = what.Describe(Entry(entry)).Key;
            if (what is WorkspaceEvent or RedactedEvent) texts.ShouldContainKey($"js.activity.{text}");
            if (what is AdministrationEvent or AccountRedacted) texts.ShouldContainKey($"admin.log.{text}");
        }
    }

    [Fact]
    public void Every_event_can_be_undone_or_says_why_not()
    {
        var actions = Entries.Select(Read).ToLookup(what => what.GetType(), what => what.Undo);
        foreach (var kind in EventRegistry.OfWorkspaces)
        {
            actions[kind.Type].ShouldNotBeEmpty(kind.Name);
            foreach (var none in actions[kind.Type].OfType<NoUndo>()) none.Reason.ShouldEndWith(".");
        }
        actions.SelectMany(kind => kind).Count(action => action is not NoUndo).ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("stock_moved", "{}")]
    [InlineData("stock_moved", """{"movement":7,"amount":"many"}""")]
    [InlineData("item_created", """{"id":1}""")]
    [InlineData("item_changed", """{"color":{"from":"red","to":"blue"}}""")]
    [InlineData("message_posted", "not JSON")]
    [InlineData("message_posted", "null")]
    [InlineData("of_the_future", "{}")]
    public void An_entry_of_another_version_is_unknown_and_cannot_be_undone(string kind, string data)
    {
        var what = EventRegistry.Read(kind, data);
        what.ShouldBeOfType<UnknownEvent>();
        what.Undo.ShouldBeOfType<NoUndo>();
        what.Notice.ShouldBeNull();
    }

    [Fact]
    public void Only_the_registry_reads_entries_and_only_one_file_records_them()
    {
        var files = Repository.Files("src/Pacil", "cs");
        files.Count.ShouldBeGreaterThan(300);
        files.Where(file => file.Text.Contains("new Change(")).Select(file => Path.GetFileName(file.Path))
            .ShouldBe(["EventLog.cs"]);
        // Ignores lines with problem codes and with words of the audit log, because some of them equal the name of a
        // kind, and the examples of the API description.
        var kinds = EventRegistry.All.Select(kind => $"\"{kind.Name}\"").ToList();
        files.Where(file => !file.Text.Contains("IEvent")).SelectMany(file => file.Text.Split('\n'))
            .Where(line => kinds.Exists(line.Contains) && !line.Contains("StatusCodes.") && !line.Contains("Tell(")
                && !line.Contains("Refus") && !line.Contains("\"kind\": "))
            .ShouldBeEmpty();
    }

    /// <summary>The entry's data, with a valid time instead of each time placeholder of the golden file.</summary>
    private static string DataOf(JsonNode entry) => entry["data"]!.ToJsonString(Plain)
        .Replace("\"<time>\"", "\"2026-11-21T08:14:05.120Z\"");

    private static Event Read(JsonNode entry) =>
        EventRegistry.Read(entry["kind"]!.GetValue<string>(), DataOf(entry));

    private static Entry Entry(JsonNode entry) => new()
    {
        FeedId = 1,
        Seq = 1,
        Mark = 1,
        At = DateTime.UnixEpoch,
        ActorId = 1,
        ActorName = "ana",
        Kind = entry["kind"]!.GetValue<string>(),
        SubjectType = "",
        SubjectId = 1,
        Version = 1,
        Key = null,
        Data = DataOf(entry),
    };

    [GeneratedRegex("^[a-z_]+(ed|low|read|out)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PastTense();
}
