using Pacil.Web.OpenApi;

namespace Pacil.Identity.Sessions;

[Example("""{"username": "ana", "password": "blue-otter-42"}""")]
internal sealed record Credentials(string Username, string Password);
