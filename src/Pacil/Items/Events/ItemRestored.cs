using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Items.Events;

/// <param name="Item">The whole data of the entry.</param>
internal sealed record ItemRestored(Item Item) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } = EventKind.New<ItemRestored, Item>(
        "item_restored", "item", static () => ItemsJson.Default.Item, what => what.Item, item => new(item));

    internal override UndoAction Undo => new UndoArchiving(Archive: true);

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry) => new("item_restored") { Name = Item.Name };
}
