using System.Collections.Frozen;
using System.Reflection;
using Pacil.Data;

namespace Pacil.Log.Events;

/// <summary>
/// All kinds of entries. The registry finds all records that implement <see cref="IEvent"/>, so a new kind needs no
/// change here.
/// </summary>
internal static class EventRegistry
{
    /// <summary>All kinds, in the alphabetical order of their names.</summary>
    public static readonly IReadOnlyList<EventKind> All =
    [
        .. typeof(EventRegistry).Assembly.GetTypes()
            .Where(type => typeof(IEvent).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (EventKind)type.GetProperty(
                nameof(IEvent.Kind), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)
            .OrderBy(kind => kind.Name, StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, EventKind> ByName = All.ToFrozenDictionary(kind => kind.Name);
    private static readonly FrozenDictionary<Type, EventKind> ByType = All.ToFrozenDictionary(kind => kind.Type);

    /// <summary>The kinds of entries in the feed of a workspace.</summary>
    public static readonly IReadOnlyList<EventKind> OfWorkspaces =
        [.. All.Where(kind => typeof(WorkspaceEvent).IsAssignableFrom(kind.Type))];

    public static readonly IReadOnlyList<string> NamesOfWorkspaces = [.. OfWorkspaces.Select(kind => kind.Name)];

    /// <returns>Null if a later version of the program has written the kind.</returns>
    public static EventKind? Find(string name) => ByName.GetValueOrDefault(name);

    public static EventKind Of(Event what) => ByType[what.GetType()];

    /// <summary>
    /// What an entry reports. Never throws: an overwritten entry is a <see cref="RedactedEvent"/>; an entry that the
    /// program does not know is an <see cref="UnknownEvent"/>.
    /// </summary>
    public static Event Read(string kind, string data) =>
        data == Redaction.Data ? new RedactedEvent() : Find(kind)?.Read(data) ?? new UnknownEvent();

    /// <inheritdoc cref="Read(string,string)"/>
    public static Event Read(Entry entry) => Read(entry.Kind, entry.Data);
}
