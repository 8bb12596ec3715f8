namespace Pacil.Accounts;

// The request body of a registration, for the API's description.

internal sealed record Registration(
    string Username, string Password, string? PasswordConfirmation, string? Email, string? TimeZone,
    string? Invitation);
