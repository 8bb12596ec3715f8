using Pacil.Web.OpenApi;

namespace Pacil.Chat;

/// <summary>The request body to create or change a room. This type exists only for the API description.</summary>
[Example("""{"name": "Garage"}""")]
internal sealed record RoomBody(string Name);
