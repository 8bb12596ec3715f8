namespace Pacil.Chat;

/// <summary>The body of a request about a room, for the API's description.</summary>
internal sealed record RoomBody(string Name, bool? Archived);
