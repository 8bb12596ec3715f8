using System.Text.Json.Serialization;
using Pacil.Web;

namespace Pacil.Admin;

[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(List<User>))]
[JsonSerializable(typeof(CreatedUser))]
[JsonSerializable(typeof(CreateSignInLink.Response))]
[JsonSerializable(typeof(ChangeRegistration.Setting))]
[JsonSerializable(typeof(RegistrationChanged))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcMilliseconds)])]
internal sealed partial class AdminJson : JsonSerializerContext;
