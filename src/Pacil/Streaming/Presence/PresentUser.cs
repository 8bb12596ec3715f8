namespace Pacil.Streaming.Presence;

/// <summary>The id and the name of a user, as other users see them.</summary>
internal sealed record PresentUser(long Id, string Name);
