namespace Pacil.Accounts;

internal sealed record NewToken(string Name, string? Scope, int? ExpiresInDays);
