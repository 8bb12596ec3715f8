using Pacil.Data;

namespace Pacil.Log.Events;

/// <summary>An event in the feed that all administrators read. It is never undone.</summary>
internal abstract record AdministrationEvent : Event
{
    public abstract override EventText Describe(Entry entry);
}
