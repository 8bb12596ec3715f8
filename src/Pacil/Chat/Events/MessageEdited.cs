using System.Text.Json.Serialization;
using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Web.Language;

namespace Pacil.Chat.Events;

/// <summary>A message was edited.</summary>
internal sealed record MessageEdited : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("message_edited", "message", static () => ChatJson.Default.MessageEdited);

    public required long Room { get; init; }

    /// <summary>The item that the room is about; null for other rooms.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Item { get; init; }

    public required FieldChange<string> Text { get; init; }

    /// <summary>The mentioned members before and after, as ids of accounts.</summary>
    public required FieldChange<IReadOnlyList<long>> Mentions { get; init; }

    internal override UndoAction Undo => new NoUndo("Its author or a manager edits the message again instead.");

    internal override Notice? Notice => MentionNotice.Of(Room, Item, [.. Mentions.To.Except(Mentions.From)]) with
    {
        StoredAs = MessagePosted.Kind,
        WithdrawnMembers = [.. Mentions.From.Except(Mentions.To)],
    };

    public override EventText Describe(Entry entry) => new("message_edited")
    {
        Value = Texts.Excerpt(Text.To, EventText.QuoteLengthMax),
    };
}
