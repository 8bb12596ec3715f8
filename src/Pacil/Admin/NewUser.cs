namespace Pacil.Admin;

/// <summary>What a request for a new person may say, for the API's description.</summary>
internal sealed record NewUser(string Username, string? Email, string? Password, bool? Administrator);
