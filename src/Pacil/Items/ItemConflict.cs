using System.Text.Json;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Items;

/// <summary>
/// Someone was faster: 412, with the item as it is now and the names of the fields that have changed since the
/// version the caller had seen, by the log. Whoever changes none of those may simply try again.
/// </summary>
internal static class ItemConflict
{
    private static readonly string[] AllFields = ["name", "description", "unit", "threshold", "amount", "archived_at"];

    public static async Task<Problem> Of(WriteTransaction tx, long workspace, Item item, Expected expected)
    {
        var differing = expected.Known < 0 || expected.Known > item.Version
            ? AllFields
            : await Since(tx, workspace, item.Id, expected.Known);
        return new Problem(StatusCodes.Status412PreconditionFailed, "version_conflict")
        {
            Members =
            [
                ("current", Json.Text(item, ItemsJson.Default.Item)),
                ("differing", $"[{string.Join(',', differing.Select(field => $"\"{field}\""))}]"),
            ],
        };
    }

    private static async Task<string[]> Since(WriteTransaction tx, long workspace, long item, long version)
    {
        var entries = await tx.Query<Row>(
            """
            select kind, data from entry
            where feed_id = @Workspace and subject_type = 'item' and subject_id = @Item and version > @Version
            """, new { Workspace = workspace, Item = item, Version = version });
        return [.. entries.SelectMany(FieldsOf).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> FieldsOf(Row entry)
    {
        if (entry.Kind.StartsWith("stock_", StringComparison.Ordinal)) return ["amount"];
        if (entry.Kind != "item_changed") return ["archived_at"];
        using var data = JsonDocument.Parse(entry.Data);
        return [.. data.RootElement.EnumerateObject().Select(field => field.Name)];
    }

    private sealed record Row
    {
        public required string Kind { get; init; }
        public required string Data { get; init; }
    }
}
