namespace Pacil.Items.Bulk;

/// <inheritdoc cref="BulkBody"/>
internal sealed record BulkChangeBody(long? Delta, string? Reason, string? Note, long? Threshold, bool? Archived);
