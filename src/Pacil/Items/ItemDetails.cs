using Pacil.Items.Events;
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

    /// <summary>Computes the details that the item has when an earlier change is undone.</summary>
    /// <returns>
    /// Before: the details to restore. ChangedSince: the fields that have changed again after the earlier change.
    /// </returns>
    public (ItemDetails Before, List<string> ChangedSince) Before(ItemChanged change)
    {
        var after = new ItemDetails(
            change.Name?.To ?? Name, change.Description?.To ?? Text, change.Unit?.To ?? Unit,
            change.Threshold is null ? Threshold : change.Threshold.To);
        var before = new ItemDetails(
            change.Name?.From ?? Name, change.Description?.From ?? Text, change.Unit?.From ?? Unit,
            change.Threshold is null ? Threshold : change.Threshold.From);
        return (before, ItemChanged.Between(after, this)?.Fields().Select(field => field.Name).ToList() ?? []);
    }

    private static string ReadName(RequestFields fields) =>
        fields.Searchable("name", fields.Line("name", Item.NameLengthMax, required: true), Item.NameLengthMax);

    private static string ReadText(RequestFields fields) => fields.Searchable(
        "description", fields.Lines("description", Item.DescriptionLengthMax), Item.DescriptionLengthMax);

    private static string ReadUnit(RequestFields fields) => fields.Line("unit", Item.UnitLengthMax);

    private static long? ReadThreshold(RequestFields fields) =>
        fields.Integer("threshold", 0, Stock.Amount.Max);
}
