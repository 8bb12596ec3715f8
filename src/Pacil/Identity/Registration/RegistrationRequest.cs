using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Identity.Registration;

// The request body of a registration. Only the API description uses this type.

[SchemaName("Registration")]
[Example("""{"username": "ana", "password": "blue-otter-42"}""")]
internal sealed record RegistrationRequest(
    string Username, string Password, string? PasswordConfirmation = null, string? Email = null,
    string? TimeZone = null, string? Invitation = null);
