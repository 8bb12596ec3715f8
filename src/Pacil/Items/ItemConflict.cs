using System.Text.Json;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Items;

/// <summary>
/// 412: somebody else has changed the item. The answer contains the item as it is now and the fields that have changed
/// since the caller's version, according to the log; all fields if that is too long ago. A caller that changes none of
/// these fields can retry.
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
