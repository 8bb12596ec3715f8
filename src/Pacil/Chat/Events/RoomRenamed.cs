using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web.Language;

namespace Pacil.Chat.Events;

/// <summary>A room was renamed.</summary>
internal sealed record RoomRenamed(FieldChange<string> Name) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("room_renamed", "room", static () => ChatJson.Default.RoomRenamed);

    internal override UndoAction Undo => new NoUndo("An editor can rename the room again.");

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry) => new("room_renamed")
    {
        Name = Name.To,
        Value = Texts.Excerpt(Name.From, EventText.QuoteLengthMax),
    };
}
