using Pacil.Web;

namespace Pacil.Identity.Registration;

// The request body of a registration. Only the API description uses this type.

[SchemaName("Registration")]
internal sealed record RegistrationRequest(
    string Username, string Password, string? PasswordConfirmation, string? Email, string? TimeZone,
    string? Invitation);
