namespace Pacil.Items;

/// <summary>What a request may say, for the API's description.</summary>
internal sealed record BulkBody(
    IReadOnlyList<long>? Ids, BulkFilterBody? Filter, BulkChangeBody Change, bool? Preview, string? Fingerprint);
