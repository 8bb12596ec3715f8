using Pacil.Data;

namespace Pacil.Log.Events;

/// <summary>An event in the feed that all administrators read. It is never undone.</summary>
internal abstract record AdministrationEvent : Event
{
    public abstract override EventText Describe(Entry entry);

    /// <summary>Records an event of the administrators' feed.</summary>
    public void Record(WriteTransaction tx, long subject, long version) =>
        tx.Record(Entry.Administration, subject, version, this);
}
