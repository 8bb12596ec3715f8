using System.Globalization;
using System.Text.Json;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Log;
using static Pacil.Web.Language.Texts;

namespace Pacil.ActivityLog;

/// <summary>
/// A log entry as a sentence. It is split into the text before and after the name of the changed object (for example,
/// an item), because the page shows this name as a link. <c>sentences.js</c> builds the same sentence for entries that
/// arrive live.
/// </summary>
internal sealed record EntryDescription(string Before, string? Subject, string After, string Detail)
{
    private const string Link = "\u0001";
    private const int QuoteLengthMax = 60;

    public static EntryDescription Describe(LoggedEntry entry)
    {
        using var json = JsonDocument.Parse(entry.Data);
        var data = json.RootElement;
        var actor = entry.ActorName.Length > 0 ? Account.Shown(entry.ActorName) : T("js.feed.someone");
        var halves = T($"js.activity.{Verb(entry, data)}", actor, Link, Value(entry, data)).Split(Link, 2);
        return halves.Length == 1
            ? new EntryDescription(halves[0], null, "", Details(entry, data))
            : new EntryDescription(halves[0], Called(entry, data), halves[1], Details(entry, data));
    }

    private static string? Called(LoggedEntry entry, JsonElement data) =>
        Name(data) ?? (entry.SubjectName is { } name ? Account.Shown(name) : null);

    private static string Verb(Entry entry, JsonElement data) => entry.Kind switch
    {
        _ when data.TryGetProperty("redacted", out _) => "redacted",
        "item_changed" when data.TryGetProperty("name", out _) => "item_renamed",
        "stock_moved" => Verb(data.GetProperty("movement")),
        "member_removed" when entry.SubjectId == entry.ActorId => "member_left",
        var kind => All.ContainsKey($"js.activity.{kind}") ? kind : "other",
    };

    private static string Verb(JsonElement movement) => movement.GetProperty("reason").GetString() switch
    {
        "counted" => "stock_counted",
        "corrected" => "stock_corrected",
        _ when Number(movement, "delta") > 0 => "stock_received",
        "lost" => "stock_lost",
        _ => "stock_taken",
    };

    /// <summary>The changed object's name at the time of the entry; null if the entry has no name.</summary>
    private static string? Name(JsonElement data) => !data.TryGetProperty("name", out var name) ? null
        : name.ValueKind == JsonValueKind.Object ? Text(name, "to")
        : name.GetString();

    private static string? Value(Entry entry, JsonElement data)
    {
        if (data.TryGetProperty("movement", out var movement))
            return Verb(movement) switch
            {
                "stock_counted" => Shown(Number(data, "amount")),
                "stock_corrected" => Shown(Number(movement, "delta"), "+#,0;−#,0;0"),
                _ => Shown(Math.Abs(Number(movement, "delta"))),
            };
        if (entry.Kind is "stock_low" or "stock_recovered") return Shown(Number(data, "amount"));
        if (data.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.Object)
            return Excerpt(Text(name, "from") ?? "", QuoteLengthMax);
        if (data.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.Object)
            return Excerpt(Text(text, "to") ?? "", QuoteLengthMax);
        return Excerpt(Text(data, "text") ?? entry.Kind, QuoteLengthMax);
    }

    private static string Details(Entry entry, JsonElement data)
    {
        var details = entry.Kind == "item_changed" ? Changes(data).ToList() : [];
        if (data.TryGetProperty("movement", out var movement))
        {
            if (Verb(movement) != "stock_counted")
                details.Add(T("js.activity.in_stock", Shown(Number(data, "amount"))));
            if (Text(movement, "note") is { Length: > 0 } note) details.Add(Isolated(Excerpt(note, QuoteLengthMax)));
        }
        if (entry.Undoes is not null) details.Add(T("js.activity.undoes"));
        return string.Concat(details.Select(detail => $" · {detail}"));
    }

    /// <summary>Describes every changed field except the name, because the sentence itself states the name.</summary>
    private static IEnumerable<string> Changes(JsonElement data) =>
        from field in data.EnumerateObject()
        where field.Name != "name" && field.Value.ValueKind == JsonValueKind.Object
        let label = T($"field.{field.Name}")
        select T("js.activity.change", label, Shown(field.Value, "from"), Shown(field.Value, "to"));

    private static string Shown(JsonElement change, string side) =>
        change.TryGetProperty(side, out var value) && value.ToString() is { Length: > 0 } text
            ? Excerpt(text, QuoteLengthMax)
            : T("js.feed.empty");

    private static string Shown(long number, string format = "N0") =>
        number.ToString(format, CultureInfo.CurrentCulture);

    private static long Number(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) ? value.GetInt64() : 0;

    private static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
