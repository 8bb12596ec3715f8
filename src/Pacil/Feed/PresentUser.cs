namespace Pacil.Feed;

/// <summary>Someone, as others see them.</summary>
internal sealed record PresentUser(long Id, string Name);
