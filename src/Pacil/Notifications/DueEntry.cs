using Pacil.Log.Events;

namespace Pacil.Notifications;

/// <summary>A log entry that is queued because it can notify somebody or withdraw a notification.</summary>
internal sealed record DueEntry
{
    public required long Seq { get; init; }

    /// <summary>
    /// The number of the entry that the notification refers to: normally this entry; for an edited message, the entry
    /// that posted the message.
    /// </summary>
    public required long ToldSeq { get; init; }

    public required DateTime At { get; init; }
    public long? ActorId { get; init; }
    public required string Kind { get; init; }
    public required long SubjectId { get; init; }
    public required string Data { get; init; }

    public Event Event => field ??= EventRegistry.Read(Kind, Data);
}
