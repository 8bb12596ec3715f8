using Pacil.Data;
using Pacil.Workspaces;

namespace Pacil.Log;

/// <summary>An entry with the head of its feed. An empty list is one row, with the head and <c>Seq</c> 0.</summary>
internal sealed record LoggedEntry : Entry
{
    public required long FeedHead { get; init; }
    public required int FeedMark { get; init; }

    /// <summary>The reader's role.</summary>
    public required Role Role { get; init; }

    /// <summary>The current name of the subject, if it is an item or an account.</summary>
    public string? SubjectName { get; init; }

    /// <summary>A later entry undoes this one.</summary>
    public bool IsUndone { get; init; }
}
