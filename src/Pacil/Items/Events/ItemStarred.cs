using Pacil.Log.Events;

namespace Pacil.Items.Events;

/// <summary>The owner of the inbox starred an item.</summary>
internal sealed record ItemStarred(long Workspace) : InboxEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("item_starred", "item", static () => ItemsJson.Default.ItemStarred);
}
