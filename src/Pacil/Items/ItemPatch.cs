using Pacil.Web.OpenApi;

namespace Pacil.Items;

/// <summary>The request body of a merge patch of an item. This type exists only for the API description.</summary>
[Example("""{"threshold": 30}""")]
internal sealed record ItemPatch(
    string? Name = null, string? Description = null, long? Amount = null, string? Unit = null, long? Threshold = null);
