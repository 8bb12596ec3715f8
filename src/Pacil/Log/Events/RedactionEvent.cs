namespace Pacil.Log.Events;

/// <summary>
/// Reports that <see cref="Redaction"/> has overwritten entries, or that their author's name has changed. Clients and
/// ring buffers drop their copies of these entries.
/// </summary>
/// <param name="Entries">The numbers of the entries, in ascending order.</param>
internal abstract record RedactionEvent(IReadOnlyList<long> Entries) : WorkspaceEvent
{
    internal override UndoAction Undo => new NoUndo("The overwritten values no longer exist.");

    internal override Notice? Notice => null;
}
