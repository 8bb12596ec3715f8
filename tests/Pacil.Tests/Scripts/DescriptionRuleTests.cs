using System.Globalization;
using System.Text.Json.Nodes;
using Pacil.ActivityLog;
using Pacil.Log;
using Pacil.Log.Events;
using Pacil.Tests.Golden;
using Pacil.Workspaces;

namespace Pacil.Tests.Scripts;

/// <summary>
/// The sentences about the entries of a workspace, in each language. The entries are those of entries.json and further
/// examples. A test in tests/scripts lets the scripts describe the same entries.
/// </summary>
public sealed class DescriptionRuleTests
{
    /// <summary>The name of each subject whose name is not in the entry.</summary>
    private const string Name = "Shelf " + SharedRules.RightToLeft;

    private static readonly string Long = $"{new string('a', 59)}😀 and more";

    private static readonly (string Kind, string Subject, string Data)[] Examples =
    [
        .. new[] { "received", "taken", "lost", "counted", "corrected" }.SelectMany(reason => new[] { -1500, 0, 2000 }
            .Select(delta => ("stock_moved", "item", Moved(reason, delta, note: delta == 0 ? "" : "two\\nlines")))),
        ("stock_moved", "item", Moved("taken", -1, SharedRules.RightToLeft)),
        ("stock_moved", "item", Moved("taken", -1, Long)),
        ("stock_low", "item", """{"amount":12345}"""),
        ("item_changed", "item", $$$"""{"name":{"from":"{{{Long}}}","to":"{{{SharedRules.RightToLeft}}}"}}"""),
        ("item_changed", "item", $$$"""{"description":{"from":"","to":"{{{Long}}}"}}"""),
        ("item_changed", "item", """{"unit":{"from":"kg","to":""},"threshold":{"from":5000,"to":null}}"""),
        ("message_posted", "message", $$"""{"room":1,"text":"{{Long}}","mentions":[]}"""),
        ("message_posted", "message", """{"room":1,"text":"one\r\ntwo\nthree\u2028four","mentions":[]}"""),
        ("room_created", "room", $$"""{"name":"{{SharedRules.RightToLeft}}"}"""),
        ("of_the_future", "item", """{"new":1}"""),
    ];

    [Fact]
    public void Entries_are_described_as_in_the_scripts()
    {
        var golden = GoldenFile.Read("entries.json");
        var entries = StoryReading.Feeds.SelectMany(feed => golden[$"{feed}"]!.AsArray())
            .Select(entry => entry!.DeepClone())
            .Concat(Examples.Select(example => Example(example.Kind, example.Subject, example.Data)));
        GoldenFile.ShouldMatch("scripts/descriptions.json", new JsonArray([.. entries.Select(Described)]));
    }

    private static JsonObject Described(JsonNode entry)
    {
        var logged = Logged(entry);
        return new JsonObject
        {
            ["entry"] = entry,
            ["name"] = Name,
            ["is_undoable"] = logged.Event.Undo is not NoUndo,
            ["described"] = SharedRules.Spoken(() =>
            {
                var text = EntryDescription.Describe(logged);
                return new JsonObject
                {
                    ["before"] = text.Before,
                    ["subject"] = text.Subject ?? "",
                    ["after"] = text.After,
                    ["detail"] = text.Detail,
                };
            }),
        };
    }

    private static LoggedEntry Logged(JsonNode entry) => new()
    {
        FeedId = 10,
        FeedHead = 1,
        FeedMark = 0,
        Role = Role.Owner,
        Seq = entry["seq"]!.GetValue<long>(),
        Mark = 0,
        At = DateTime.UnixEpoch,
        ActorId = entry["actor"]!["id"]?.GetValue<long>(),
        ActorName = entry["actor"]!["name"]!.GetValue<string>(),
        Kind = entry["kind"]!.GetValue<string>(),
        SubjectType = entry["subject"]!["type"]!.GetValue<string>(),
        SubjectId = entry["subject"]!["id"]!.GetValue<long>(),
        SubjectName = Name,
        Version = 1,
        Key = null,
        Undoes = entry["undoes"]?.GetValue<long>(),
        // The times of golden entries are placeholders.
        Data = entry["data"]!.ToJsonString().Replace(@"\u003Ctime\u003E", "2026-01-01T00:00:00.000Z"),
    };

    private static JsonObject Example(string kind, string subject, string data) => new()
    {
        ["workspace"] = 10L,
        ["seq"] = 1000L,
        ["kind"] = kind,
        ["at"] = "<time>",
        ["actor"] = new JsonObject { ["id"] = 1L, ["name"] = SharedRules.RightToLeft },
        ["subject"] = new JsonObject { ["type"] = subject, ["id"] = 1L },
        ["version"] = 1,
        ["data"] = JsonNode.Parse(data),
    };

    private static string Moved(string reason, int delta, string note) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        {"movement":{"id":1,"item":1,"place":1,"delta":{{delta}},"reason":"{{reason}}","note":"{{note}}","amount":12000,
        "version":1,"at":"<time>","by":1},"amount":12000}
        """);
}
