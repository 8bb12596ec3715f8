using Pacil.Web.OpenApi;

namespace Pacil.Items.Stock;

/// <summary>The request body of a movement. This type exists only for the API description.</summary>
[Example("""{"delta": -2, "note": "For the clock in the hall"}""")]
internal sealed record MovementBody(long Delta, string? Reason = null, string? Note = null, long? Place = null);
