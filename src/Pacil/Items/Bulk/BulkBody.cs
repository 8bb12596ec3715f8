namespace Pacil.Items.Bulk;

/// <summary>The request body of a bulk change, for the API's description.</summary>
internal sealed record BulkBody(
    IReadOnlyList<long>? Ids, BulkFilterBody? Filter, BulkChangeBody Change, bool? Preview, string? Fingerprint);
