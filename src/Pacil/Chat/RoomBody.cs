namespace Pacil.Chat;

/// <summary>What a request may say of a room, for the API's description.</summary>
internal sealed record RoomBody(string Name, bool? Archived);
