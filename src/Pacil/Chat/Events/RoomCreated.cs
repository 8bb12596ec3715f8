using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Chat.Events;

/// <summary>A room was created.</summary>
internal sealed record RoomCreated(string Name) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("room_created", "room", static () => ChatJson.Default.RoomCreated);

    internal override UndoAction Undo => new NoUndo("A room is archived instead.");

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry) => new("room_created") { Name = Name };
}
