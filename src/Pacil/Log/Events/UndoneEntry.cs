namespace Pacil.Log.Events;

/// <summary>An entry that is being undone.</summary>
internal sealed record UndoneEntry(long Seq, long SubjectId, Event Event);
