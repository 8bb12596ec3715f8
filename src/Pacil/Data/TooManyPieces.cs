namespace Pacil.Data;

/// <summary>
/// A write would make the sum of a workspace's amounts exceed <see cref="Counts.PiecesMax"/>. Nothing of the write is
/// stored. HTTP responds with 409.
/// </summary>
internal sealed class TooManyPieces() : Exception("The workspace would have too many pieces.");
