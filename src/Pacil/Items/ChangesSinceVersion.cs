using System.Globalization;
using Pacil.Data;
using Pacil.Items.Events;
using Pacil.Items.Stock;
using Pacil.Web.Forms;
using Pacil.Workspaces;

namespace Pacil.Items;

/// <summary>
/// Finds out which fields of an item others have changed while a user edits the item in a form without JavaScript. The
/// log contains the old values, so the form sends only the version number that the user saw. The JavaScript client
/// sends a version number in <c>If-Match</c> instead; see <see cref="ItemConflict"/>.
/// </summary>
internal static class ChangesSinceVersion
{
    private static readonly string[] All = ["name", "description", "amount", "unit", "threshold"];

    /// <summary>Returns each field with its value in the version that the user saw and its current value.</summary>
    /// <param name="seen">The version that the user saw. If null, unknown or too old, <c>Shown</c> is null.</param>
    public static async Task<IEnumerable<FieldState>> Query(
        Connection connection, CurrentWorkspace workspace, Item item, long? seen)
    {
        var entries = seen > 0 && seen <= item.Version
            ? await ChangesSince.Query(connection, workspace.Id, item, seen.Value)
            : null;
        var changes = (entries ?? []).SelectMany(Changes).ToLookup(change => change.Name);
        return All.Select(field => new FieldState(
            field,
            entries is not null ? changes[field].FirstOrDefault()?.Shown ?? Of(item, field) : null,
            Of(item, field),
            changes[field].LastOrDefault()?.Who));
    }

    /// <summary>The current value of a field, formatted as in a form.</summary>
    public static string Of(Item item, string field) => field switch
    {
        "name" => item.Name,
        "description" => item.Description,
        "unit" => item.Unit,
        "amount" => item.Amount.ToString(CultureInfo.InvariantCulture),
        "threshold" => item.Threshold?.ToString(CultureInfo.InvariantCulture) ?? "",
        _ => "",
    };

    /// <summary>The fields that an entry changed, with their values before the change.</summary>
    private static IEnumerable<FieldState> Changes(ChangesSince.Later change) => change.Event switch
    {
        ItemChanged changed =>
            changed.Fields().Select(field => new FieldState(field.Name, field.Before, "", change.Who)),
        StockMoved moved => [new FieldState("amount", $"{moved.Amount - moved.Movement.Delta}", "", change.Who)],
        _ => [],
    };
}
