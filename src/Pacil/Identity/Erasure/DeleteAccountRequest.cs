using Pacil.Web;

namespace Pacil.Identity.Erasure;

[SchemaName("Farewell")]
internal sealed record DeleteAccountRequest(string Password, string? Heir);
