namespace Pacil.Identity.Accounts;

/// <summary>The columns of an <see cref="AccountRow"/>.</summary>
/// <param name="unread">
/// An SQL expression that counts the unread notifications of the row of <c>account</c>. The slice that stores
/// notifications registers it.
/// </param>
internal sealed class AccountColumns(string unread)
{
    /// <summary>For a SELECT that joins <c>account</c> with its inbox (<c>feed</c>).</summary>
    public string Sql { get; } =
        $"""
        account.id as account_id, username, language, time_zone, workspace_id, inbox_id, administrator,
        feed.head as inbox_head, feed.mark as inbox_mark, {unread} as unread
        """;
}
