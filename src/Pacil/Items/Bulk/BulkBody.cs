using Pacil.Web.OpenApi;

namespace Pacil.Items.Bulk;

/// <summary>The request body of a bulk change. This type exists only for the API description.</summary>
[Example("""{"ids": [7, 8], "change": {"delta": -1}}""")]
internal sealed record BulkBody(
    BulkChangeBody Change, IReadOnlyList<long>? Ids = null, BulkFilterBody? Filter = null, bool? Preview = null,
    string? Fingerprint = null);
