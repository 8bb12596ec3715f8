namespace Pacil.Accounts;

// What requests about accounts may say, for the API's description.

internal sealed record Registration(
    string Username, string Password, string? PasswordConfirmation, string? Email, string? TimeZone,
    string? Invitation);

internal sealed record Credentials(string Username, string Password);

internal sealed record Profile(string? Username, string? Email, string? Language, string? TimeZone);

internal sealed record NewToken(string Name, string? Scope, int? ExpiresInDays);

internal sealed record PasswordChange(string CurrentPassword, string Password, string? PasswordConfirmation);

internal sealed record Farewell(string Password, string? Heir);
