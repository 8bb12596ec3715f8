using System.Text.Json;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Items;

/// <summary>
/// The 412 response to a change that is based on an old version of the item. It contains the current item and the
/// fields that have changed since the caller's version, according to the log. If that version is unknown or too old, it
/// lists all fields. A client whose own change affects none of the listed fields can retry with the new version.
/// </summary>
internal static class ItemConflict
{
    private static readonly string[] AllFields = ["name", "description", "unit", "threshold", "amount", "archived_at"];

    public static async Task<Problem> Of(WriteTransaction tx, long workspace, Item item, IfMatchCondition expected)
    {
        var changes = expected.Known < 0 || expected.Known > item.Version
            ? null
            : await ChangesSince.Query(tx, workspace, item, expected.Known);
        string[] differing = changes is null
            ? AllFields
            : [.. changes.SelectMany(FieldsOf).Distinct().Order(StringComparer.Ordinal)];
        return new Problem(StatusCodes.Status412PreconditionFailed, "version_conflict")
        {
            Members =
            [
                ("current", Json.Text(item, ItemsJson.Default.Item)),
                ("differing", $"[{string.Join(',', differing.Select(field => $"\"{field}\""))}]"),
            ],
        };
    }

    private static IEnumerable<string> FieldsOf(ChangesSince.Row entry)
    {
        if (entry.Kind.StartsWith("stock_", StringComparison.Ordinal)) return ["amount"];
        if (entry.Kind != "item_changed") return ["archived_at"];
        using var data = JsonDocument.Parse(entry.Data);
        return [.. data.RootElement.EnumerateObject().Select(field => field.Name)];
    }
}
