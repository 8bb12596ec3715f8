using Pacil.Data;
using Pacil.Items.Events;
using Pacil.Items.Stock;
using Pacil.Web;
using Pacil.Web.Language;

namespace Pacil.Items;

/// <summary>
/// The 412 response to a change that is based on an old version of the item. It contains the current item and the
/// fields that have changed since the caller's version, according to the log. If that version is unknown or too old,
/// the response lists all fields. A client whose own change affects none of the listed fields can retry with the new
/// version.
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
        return IfMatchCondition.Conflict(item, ItemsJson.Default.Item, differing);
    }

    /// <summary>The 409 response to an undo of a change, if its fields have changed again since then.</summary>
    public static Problem ChangedSince(IReadOnlyList<string> fields) => new(
        StatusCodes.Status409Conflict, "changed_since",
        string.Join(", ", fields.Select(field => Texts.T($"field.{field}"))))
    {
        Members = [("fields", Json.Names(fields))],
    };

    private static IEnumerable<string> FieldsOf(ChangesSince.Later change) => change.Event switch
    {
        StockMoved or StockLow or StockRecovered => ["amount"],
        ItemChanged changed => changed.Fields().Select(field => field.Name),
        ItemArchived or ItemRestored => ["archived_at"],
        _ => [],
    };
}
