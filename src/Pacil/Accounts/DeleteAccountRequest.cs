using Pacil.Web;

namespace Pacil.Accounts;

[SchemaName("Farewell")]
internal sealed record DeleteAccountRequest(string Password, string? Heir);
