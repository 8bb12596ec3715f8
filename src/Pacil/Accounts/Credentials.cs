namespace Pacil.Accounts;

internal sealed record Credentials(string Username, string Password);
