using Pacil.Data;
using Pacil.Log.Events;
using Pacil.Workspaces;

namespace Pacil.ActivityLog;

/// <summary>
/// A row of the statement that reads the log: an entry, and the head of its feed. If no entry matches, the statement
/// returns one row with the head, in which <c>Seq</c> is 0.
/// </summary>
internal sealed record LoggedEntry : Entry
{
    public required long FeedHead { get; init; }
    public required int FeedMark { get; init; }

    /// <summary>The reader's role in the workspace.</summary>
    public required Role Role { get; init; }

    /// <summary>The current name of the subject, if it is an item or an account.</summary>
    public string? SubjectName { get; init; }

    /// <summary>Whether a later entry undoes this entry.</summary>
    public bool IsUndone { get; init; }

    /// <summary>What the entry reports. Its data is read once, when it is first needed.</summary>
    public Event Event => field ??= EventRegistry.Read(this);
}
