using Pacil.Web.OpenApi;

namespace Pacil.Identity.Accounts;

[Example("""{"language": "id", "time_zone": "Asia/Jakarta"}""")]
internal sealed record Profile(
    string? Username = null, string? Email = null, string? Language = null, string? TimeZone = null);
