namespace Pacil.Identity.Accounts;

internal sealed record Profile(string? Username, string? Email, string? Language, string? TimeZone);
