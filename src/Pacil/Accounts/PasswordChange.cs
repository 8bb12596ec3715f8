namespace Pacil.Accounts;

internal sealed record PasswordChange(string CurrentPassword, string Password, string? PasswordConfirmation);
