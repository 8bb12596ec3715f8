namespace Pacil.Items;

/// <summary>The request body of an item, for the API's description.</summary>
internal sealed record ItemBody(string Name, string? Description, long? Amount, string? Unit, long? Threshold);
