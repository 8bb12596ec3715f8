namespace Pacil.Identity.Tokens;

internal sealed record NewToken(string Name, string? Scope, int? ExpiresInDays);
