using Pacil.Data;

namespace Pacil.Log.Events;

/// <summary>An event whose data has been overwritten. See <see cref="Redaction"/>.</summary>
internal sealed record RedactedEvent : Event
{
    internal override UndoAction Undo => new NoUndo("The values before the event no longer exist.");

    public override EventText Describe(Entry entry) => new("redacted");
}
