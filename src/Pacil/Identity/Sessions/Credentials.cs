namespace Pacil.Identity.Sessions;

internal sealed record Credentials(string Username, string Password);
