namespace Pacil.Admin;

/// <summary>The request body of a new account, for the API's description.</summary>
internal sealed record NewUser(string Username, string? Email, string? Password, bool? Administrator);
