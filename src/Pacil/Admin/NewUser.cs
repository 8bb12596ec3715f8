namespace Pacil.Admin;

/// <summary>The request body of a new account. Only the API description uses this type.</summary>
internal sealed record NewUser(string Username, string? Email, string? Password, bool? Administrator);
