namespace Pacil.Admin;

/// <summary>The request body of an account. Only the API description uses this type.</summary>
internal sealed record UserBody(string? Username, string? Email, bool? Administrator, bool? Locked);
