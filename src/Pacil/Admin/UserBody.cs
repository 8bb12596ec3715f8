namespace Pacil.Admin;

/// <summary>What a request may say of a person, for the API's description.</summary>
internal sealed record UserBody(string? Username, string? Email, bool? Administrator, bool? Locked);
