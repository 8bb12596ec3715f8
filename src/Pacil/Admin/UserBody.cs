namespace Pacil.Admin;

/// <summary>The request body of an account, for the API's description.</summary>
internal sealed record UserBody(string? Username, string? Email, bool? Administrator, bool? Locked);
