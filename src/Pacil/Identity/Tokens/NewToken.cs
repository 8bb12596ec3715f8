using Pacil.Web.OpenApi;

namespace Pacil.Identity.Tokens;

[Example("""{"name": "Printer", "scope": "write", "expires_in_days": 90}""")]
internal sealed record NewToken(string Name, string? Scope = null, int? ExpiresInDays = null);
