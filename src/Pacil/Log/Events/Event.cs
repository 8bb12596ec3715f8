using Pacil.Data;

namespace Pacil.Log.Events;

/// <summary>
/// What an entry reports. Every kind of entry is a record that derives from <see cref="WorkspaceEvent"/>,
/// <see cref="AdministrationEvent"/> or <see cref="InboxEvent"/>, implements <see cref="IEvent"/>, and lives in the
/// slice that records it. The public properties of the record are the entry's <c>data</c>. They may hold only what
/// every reader of the feed may see. Internal properties are not written to the JSON.
/// </summary>
internal abstract record Event
{
    /// <summary>How the entry is undone.</summary>
    internal virtual UndoAction Undo => new NoUndo("The program does not know this event.");

    /// <summary>Who is notified of the event; null if such events never notify anybody.</summary>
    internal virtual Notice? Notice => null;

    /// <summary>The sentence that describes the entry on a page.</summary>
    public virtual EventText Describe(Entry entry) => new("other") { Value = entry.Kind };
}
