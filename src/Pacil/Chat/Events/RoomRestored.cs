using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Chat.Events;

/// <summary>An archived room was restored.</summary>
internal sealed record RoomRestored(string Name) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("room_restored", "room", static () => ChatJson.Default.RoomRestored);

    internal override UndoAction Undo => new NoUndo("An editor archives the room instead.");

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry) => new("room_restored") { Name = Name };
}
