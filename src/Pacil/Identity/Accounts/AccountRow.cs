namespace Pacil.Identity.Accounts;

/// <summary>The columns of an account that are read together with its session or token.</summary>
internal abstract record AccountRow
{
    /// <summary>
    /// Counts the unread notifications up to 100, because the bell shows at most 99. The count reads only an index, so
    /// there is no stored counter. A stored counter could become wrong.
    /// </summary>
    public const string UnreadColumn =
        """
        (select count(*) from (
          select 1 from notification where account_id = account.id and read_at is null limit 100) waiting) as unread
        """;

    /// <summary>For a query that joins account with feed, where feed is the account's inbox.</summary>
    public const string Columns =
        $"""
        account.id as account_id, username, language, time_zone, workspace_id, inbox_id, administrator,
        feed.head as inbox_head, feed.mark as inbox_mark, {UnreadColumn}
        """;

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
