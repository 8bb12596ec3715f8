using Pacil.Data;
using Pacil.Log.Events;

namespace Pacil.Items.Events;

/// <param name="Item">The whole data of the entry.</param>
internal sealed record ItemArchived(Item Item) : WorkspaceEvent, IEvent
{
    public static EventKind Kind { get; } = EventKind.New<ItemArchived, Item>(
        "item_archived", "item", static () => ItemsJson.Default.Item, what => what.Item, item => new(item));

    internal override UndoAction Undo => new UndoArchiving(Archive: false);

    internal override Notice? Notice => null;

    public override EventText Describe(Entry entry) => new("item_archived") { Name = Item.Name };
}
