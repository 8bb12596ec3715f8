namespace Pacil.Streaming.Presence;

/// <summary>A user as others see them.</summary>
internal sealed record PresentUser(long Id, string Name);
