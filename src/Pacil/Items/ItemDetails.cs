using System.Text.Json;
using Pacil.Items.Listing;
using Pacil.Web.Requests;

namespace Pacil.Items;

/// <summary>The fields of an item that users edit, without the amount, which changes only by movements.</summary>
internal sealed record ItemDetails(string Name, string Text, string Unit, long? Threshold)
{
    public static ItemDetails Of(Item item) => new(item.Name, item.Description, item.Unit, item.Threshold);

    /// <summary>Reads every field. A field that the request leaves out becomes empty.</summary>
    public static ItemDetails Read(RequestFields fields) =>
        new(ReadName(fields), ReadText(fields), ReadUnit(fields), ReadThreshold(fields));

    /// <summary>Reads only the fields that the request contains (merge patch, RFC 7396); keeps the others.</summary>
    public ItemDetails Patch(RequestFields fields) => new(
        fields.Has("name") ? ReadName(fields) : Name,
        fields.Has("description") ? ReadText(fields) : Text,
        fields.Has("unit") ? ReadUnit(fields) : Unit,
        fields.Has("threshold") ? ReadThreshold(fields) : Threshold);

    /// <summary>Computes the details that the item has when a given change from the log is undone.</summary>
    /// <returns>
    /// Before: the details to restore; null if the log names an unknown field. ChangedSince: the fields that have
    /// changed again after the logged change.
    /// </returns>
    public (ItemDetails? Before, List<string> ChangedSince) Back(JsonElement changes)
    {
        var (before, changedSince) = (this, new List<string>());
        foreach (var change in changes.EnumerateObject())
        {
            if (With(change.Name, change.Value.GetProperty("to")) is not { } after) return (null, []);
            if (after != this) changedSince.Add(change.Name);
            before = before.With(change.Name, change.Value.GetProperty("from"))!;
        }
        return (before, changedSince);
    }

    private ItemDetails? With(string field, JsonElement value) => field switch
    {
        "name" => this with { Name = value.GetString()! },
        "description" => this with { Text = value.GetString()! },
        "unit" => this with { Unit = value.GetString()! },
        "threshold" => this with { Threshold = value.ValueKind == JsonValueKind.Null ? null : value.GetInt64() },
        _ => null,
    };

    private static string ReadName(RequestFields fields) =>
        fields.Searchable("name", fields.Line("name", Item.NameLengthMax, required: true), Item.NameLengthMax);

    private static string ReadText(RequestFields fields) => fields.Searchable(
        "description", fields.Lines("description", Item.DescriptionLengthMax), Item.DescriptionLengthMax);

    private static string ReadUnit(RequestFields fields) => fields.Line("unit", Item.UnitLengthMax);

    private static long? ReadThreshold(RequestFields fields) =>
        fields.Integer("threshold", 0, Stock.Amount.Max);
}
