using Pacil.Data;

namespace Pacil.Log.Events;

/// <summary>An event in the feed of a workspace. All members of the workspace can read the event.</summary>
internal abstract record WorkspaceEvent : Event
{
    internal abstract override UndoAction Undo { get; }

    internal abstract override Notice? Notice { get; }

    public abstract override EventText Describe(Entry entry);
}
