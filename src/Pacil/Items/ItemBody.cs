using Pacil.Web.OpenApi;

namespace Pacil.Items;

/// <summary>The request body to create or change an item. This type exists only for the API description.</summary>
[Example("""{"name": "AA cells", "amount": 18, "unit": "pcs", "threshold": 20}""")]
internal sealed record ItemBody(
    string Name, string? Description = null, long? Amount = null, string? Unit = null, long? Threshold = null);
