namespace Pacil.Identity.Passwords;

internal sealed record PasswordChange(string CurrentPassword, string Password, string? PasswordConfirmation);
