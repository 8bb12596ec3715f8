using System.Text.Json.Serialization;
using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web.Language;

namespace Pacil.Chat.Events;

/// <summary>A message was posted.</summary>
internal sealed record MessagePosted : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("message_posted", "message", static () => ChatJson.Default.MessagePosted);

    public required long Room { get; init; }

    /// <summary>The item that the room is about; null for other rooms.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Item { get; init; }

    public required string Text { get; init; }

    /// <summary>The mentioned members, as ids of accounts.</summary>
    public required IReadOnlyList<long> Mentions { get; init; }

    internal override UndoAction Undo => new NoUndo("Its author or a manager deletes the message instead.");

    internal override Notice? Notice => MentionNotice.Of(Room, Item, Mentions);

    public override EventText Describe(Entry entry) => new("message_posted")
    {
        Value = Texts.Excerpt(Text, EventText.QuoteLengthMax),
    };
}
