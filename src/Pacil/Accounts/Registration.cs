namespace Pacil.Accounts;

// What requests about accounts may say, for the API's description.

internal sealed record Registration(
    string Username, string Password, string? PasswordConfirmation, string? Email, string? TimeZone,
    string? Invitation);
