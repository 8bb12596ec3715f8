using Pacil.Log.Events;

namespace Pacil.Items.Events;

/// <summary>The owner of the inbox removed the star of an item.</summary>
internal sealed record ItemUnstarred(long Workspace) : InboxEvent, IEvent
{
    public static EventKind Kind { get; } =
        EventKind.New("item_unstarred", "item", static () => ItemsJson.Default.ItemUnstarred);
}
