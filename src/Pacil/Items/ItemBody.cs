namespace Pacil.Items;

/// <summary>The request body to create or change an item. This type exists only for the API description.</summary>
internal sealed record ItemBody(string Name, string? Description, long? Amount, string? Unit, long? Threshold);
