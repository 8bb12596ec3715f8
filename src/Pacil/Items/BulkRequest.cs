using Pacil.Web;

namespace Pacil.Items;

/// <summary>Which items, and what is to be done to them.</summary>
/// <param name="Ids">These; null: all that the filter lets pass.</param>
/// <param name="Fingerprint">Of those that a preview has shown; others are refused.</param>
internal sealed record BulkRequest(IReadOnlyList<long>? Ids, ItemFilter? Filter, BulkChange Change, string? Fingerprint)
{
    /// <summary>At once.</summary>
    public const int Max = 10_000;

    private const int FingerprintLengthMax = 64;

    public static BulkRequest Read(RequestFields fields)
    {
        var (ids, filter, change) = (ReadIds(fields), fields.Object("filter"), fields.Object("change", required: true));
        if (ids is null == filter is null) fields.Error("ids", "error.not_one_of", "ids, filter");
        // What is left out of account here would change items that nobody meant.
        if (filter?.Unknown(ItemFilter.Names) is { } unknown) fields.Error("filter", "error.unknown_filter", unknown);
        return new(
            ids, filter is null ? null : ItemFilter.Read(filter),
            change is null ? new(null, null, null) : BulkChange.Read(change), ReadFingerprint(fields));
    }

    /// <summary>As the forms of the pages send it: the boxes that are ticked, or <c>all</c> of the list.</summary>
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
