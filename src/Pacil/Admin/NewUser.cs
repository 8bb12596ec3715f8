using Pacil.Web.OpenApi;

namespace Pacil.Admin;

/// <summary>The request body of a new account. Only the API description uses this type.</summary>
[Example("""{"username": "budi"}""")]
internal sealed record NewUser(
    string Username, string? Email = null, string? Password = null, bool? Administrator = null);
