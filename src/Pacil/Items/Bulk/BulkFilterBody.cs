namespace Pacil.Items.Bulk;

/// <inheritdoc cref="BulkBody"/>
internal sealed record BulkFilterBody(string? Search, bool? Low, bool? Archived, bool? Starred);
