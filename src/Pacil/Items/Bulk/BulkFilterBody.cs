namespace Pacil.Items.Bulk;

/// <inheritdoc cref="BulkBody"/>
internal sealed record BulkFilterBody(
    string? Search = null, bool? Low = null, bool? Archived = null, bool? Starred = null);
