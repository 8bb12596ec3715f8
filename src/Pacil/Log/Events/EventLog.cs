using Pacil.Data;

namespace Pacil.Log.Events;

/// <summary>Records events. <see cref="EventRegistry"/> reads them.</summary>
internal static class EventLog
{
    /// <summary>Queues an event. When the transaction ends, it stores the event as an entry of the feed.</summary>
    /// <param name="feed">The feed of a workspace, an account's inbox, or <see cref="Entry.Administration"/>.</param>
    /// <param name="version">The subject's version after the event.</param>
    /// <param name="effect">What the event adds to the counts of the workspace.</param>
    public static void Record(
        this WriteTransaction tx, long feed, long subject, long version, Event what, Counts effect = default)
    {
        var kind = EventRegistry.Of(what);
        tx.Record(new Change(feed, kind.Name, kind.SubjectType, subject, version, kind.Write(what), effect)
        {
            IsConsequence = kind.IsConsequence,
            IsDue = what.Notice is { IsEmpty: false },
        });
    }

    /// <summary>Queues an event of the administrators' feed.</summary>
    public static void Record(this WriteTransaction tx, long subject, long version, AdministrationEvent what) =>
        tx.Record(Entry.Administration, subject, version, what);
}
