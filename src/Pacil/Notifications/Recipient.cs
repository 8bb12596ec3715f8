namespace Pacil.Notifications;

/// <summary>An account and its inbox.</summary>
internal sealed record Recipient
{
    public required long Id { get; init; }
    public required long InboxId { get; init; }
}
