using System.Text.Json.Serialization;

namespace Pacil.Streaming.Presence;

/// <summary>The kind of a <see cref="PresenceMessage"/>.</summary>
[JsonConverter(typeof(PresenceMessageKindName))]
internal enum PresenceMessageKind
{
    /// <summary>A user has arrived at the location.</summary>
    Arrived,

    /// <summary>A user has left the location.</summary>
    Left,

    /// <summary>A user is typing at the location.</summary>
    Typing,

    /// <summary>A full list follows: an arrival for each location.</summary>
    ListBegins,
    ListEnds,

    /// <summary>Asks all processes for their full lists.</summary>
    ListWanted,

    /// <summary>The sender shuts down.</summary>
    Stopping,
}
