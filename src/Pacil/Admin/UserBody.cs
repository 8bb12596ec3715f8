using Pacil.Web.OpenApi;

namespace Pacil.Admin;

/// <summary>The request body of an account. Only the API description uses this type.</summary>
[Example("""{"locked": true}""")]
internal sealed record UserBody(
    string? Username = null, string? Email = null, bool? Administrator = null, bool? Locked = null);
