using Pacil.Data;
using Pacil.Workspaces;

namespace Pacil.Feed;

/// <summary>An entry beside the position of its feed; of an empty list, that position alone.</summary>
internal sealed record LoggedEntry : Entry
{
    public required long FeedHead { get; init; }
    public required int FeedMark { get; init; }

    /// <summary>The reader's.</summary>
    public required Role Role { get; init; }

    /// <summary>What the subject is called now, where that is an item or an account.</summary>
    public string? SubjectName { get; init; }

    /// <summary>It has been taken back; see the entry that did.</summary>
    public bool IsUndone { get; init; }
}
