using System.Text.Json.Serialization;

namespace Pacil.Identity.Events;

[JsonSerializable(typeof(AccountCreated))]
[JsonSerializable(typeof(AccountErased))]
[JsonSerializable(typeof(AccountLocked))]
[JsonSerializable(typeof(AccountUnlocked))]
[JsonSerializable(typeof(AccountSignedOut))]
[JsonSerializable(typeof(AccountPromoted))]
[JsonSerializable(typeof(AccountDemoted))]
[JsonSerializable(typeof(AccountChanged))]
[JsonSerializable(typeof(SignInLinkCreated))]
[JsonSerializable(typeof(TokenCreated))]
[JsonSerializable(typeof(TokenRevoked))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true)]
internal sealed partial class IdentityJson : JsonSerializerContext;
