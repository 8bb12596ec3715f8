using Pacil.Items.Listing;
using Pacil.Web.Requests;

namespace Pacil.Items.Bulk;

/// <summary>Which items, and what to do to them.</summary>
/// <param name="Ids">Null: all items that match the filter.</param>
/// <param name="Fingerprint">Of the items that a preview has shown. Other items are refused.</param>
internal sealed record BulkRequest(IReadOnlyList<long>? Ids, ItemFilter? Filter, BulkChange Change, string? Fingerprint)
{
    /// <summary>Items in one request.</summary>
    public const int Max = 10_000;

    private const int FingerprintLengthMax = 64;

    public static BulkRequest Read(RequestFields fields)
    {
        var (ids, filter, change) = (ReadIds(fields), fields.Object("filter"), fields.Object("change", required: true));
        if (ids is null == filter is null) fields.Error("ids", "error.not_one_of", "ids, filter");
        // If an unknown filter were ignored, items would change that nobody meant.
        if (filter?.Unknown(ItemFilter.Names) is { } unknown) fields.Error("filter", "error.unknown_filter", unknown);
        return new(
            ids, filter is null ? null : ItemFilter.Read(filter),
            change is null ? new(null, null, null) : BulkChange.Read(change), ReadFingerprint(fields));
    }

    /// <summary>Reads a page's form: the boxes that are ticked, or <c>all</c> of the list.</summary>
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
