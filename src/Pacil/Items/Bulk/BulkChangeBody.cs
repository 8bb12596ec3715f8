namespace Pacil.Items.Bulk;

/// <inheritdoc cref="BulkBody"/>
internal sealed record BulkChangeBody(
    long? Delta = null, string? Reason = null, string? Note = null, long? Threshold = null, bool? Archived = null);
