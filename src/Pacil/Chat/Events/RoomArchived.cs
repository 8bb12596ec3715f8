using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Chat.Events;

/// <summary>A room was archived.</summary>
internal sealed record RoomArchived(string Name) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("room_archived", "room", static () => ChatJson.Default.RoomArchived);

    internal override UndoAction Undo => new NoUndo("An editor restores the room instead.");

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry) => new("room_archived") { Name = Name };
}
