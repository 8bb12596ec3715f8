using Pacil.Web.OpenApi;

namespace Pacil.Chat;

/// <summary>The request body of a merge patch of a room. This type exists only for the API description.</summary>
[Example("""{"archived": true}""")]
internal sealed record RoomPatch(string? Name = null, bool? Archived = null);
