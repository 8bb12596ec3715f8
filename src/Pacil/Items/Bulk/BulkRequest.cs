using Pacil.Items.Listing;
using Pacil.Web.Requests;

namespace Pacil.Items.Bulk;

/// <summary>A request to change many items: the selection of the items, and the change.</summary>
/// <param name="Ids">The ids of the selected items; null selects all items that match the filter.</param>
/// <param name="Fingerprint">
/// Identifies the items that the user has seen in a preview; null if there was no preview. If other items are selected
/// now, the change is refused.
/// </param>
internal sealed record BulkRequest(IReadOnlyList<long>? Ids, ItemFilter? Filter, BulkChange Change, string? Fingerprint)
{
    public bool NeedsSearchTurn => Filter?.Search is not null;

    /// <summary>The maximum number of items in one request.</summary>
    public const int Max = 10_000;

    private const int FingerprintLengthMax = 64;

    public static BulkRequest Read(RequestFields fields)
    {
        var (ids, filter, change) = (ReadIds(fields), fields.Object("filter"), fields.Object("change", required: true));
        if (ids is null == filter is null) fields.Error("ids", "error.not_one_of", "ids, filter");
        // If an unknown filter were ignored, the change would affect more items than the client intended.
        if (filter?.Unknown(ItemFilter.Names) is { } unknown) fields.Error("filter", "error.unknown_filter", unknown);
        return new(
            ids, filter is null ? null : ItemFilter.Read(filter),
            change is null ? new(null, null, null) : BulkChange.Read(change), ReadFingerprint(fields));
    }

    /// <summary>
    /// Reads the form of the list page. The field <c>ids</c> has the ticked items; the field <c>all</c> selects every
    /// item that matches the filter of the list.
    /// </summary>
    public static BulkRequest ReadForm(RequestFields fields)
    {
        var isAll = fields.Flag("all") is true;
        if (!isAll && !fields.Has("ids")) fields.Error("ids", "error.required");
        return new(
            isAll ? null : ReadIds(fields), isAll ? ItemFilter.Read(fields) : null, BulkChange.ReadForm(fields),
            ReadFingerprint(fields));
    }

    private static List<long>? ReadIds(RequestFields fields)
    {
        var ids = fields.Integers("ids", Max);
        if (ids is { Count: 0 } && fields.Problem is null) fields.Error("ids", "error.required");
        return ids?.Distinct().ToList();
    }

    private static string? ReadFingerprint(RequestFields fields) =>
        fields.Line("fingerprint", FingerprintLengthMax) is { Length: > 0 } sent ? sent : null;
}
