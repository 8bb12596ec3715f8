namespace Pacil.Identity.Accounts;

/// <summary>The columns of an account that are read together with its session or token.</summary>
internal abstract record AccountRow
{
    public required long AccountId { get; init; }
    public required string Username { get; init; }
    public required string? Language { get; init; }
    public required string TimeZone { get; init; }
    public required long WorkspaceId { get; init; }
    public required long InboxId { get; init; }
    public required bool Administrator { get; init; }
    public required long InboxHead { get; init; }
    public required int InboxMark { get; init; }
    public required long Unread { get; init; }
}
