using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Identity.Erasure;

[SchemaName("Farewell")]
[Example("""{"password": "blue-otter-42"}""")]
internal sealed record DeleteAccountRequest(string Password, string? Heir = null);
