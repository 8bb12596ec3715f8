using System.Text.Json.Serialization;
using Pacil.Identity.Sessions;
using Pacil.Identity.Tokens;
using Pacil.Web;

namespace Pacil.Identity.Accounts;

[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(List<Token>))]
[JsonSerializable(typeof(CreatedToken))]
[JsonSerializable(typeof(SessionRevocations.Message))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class AccountsJson : JsonSerializerContext;
