namespace Pacil.Items.Bulk;

/// <summary>The request body of a bulk change. This type exists only for the API description.</summary>
internal sealed record BulkBody(
    IReadOnlyList<long>? Ids, BulkFilterBody? Filter, BulkChangeBody Change, bool? Preview, string? Fingerprint);
