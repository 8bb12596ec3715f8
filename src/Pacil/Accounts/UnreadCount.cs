using System.Globalization;

namespace Pacil.Accounts;

/// <summary>
/// Counts an account's unread notifications when asked, by an index and only as far as the bell shows them. So there is
/// no stored counter that could be wrong.
/// </summary>
internal static class UnreadCount
{
    private const int ShownMax = 99;

    /// <summary>For a select from account. Counts one more than the bell shows, at most.</summary>
    public const string Count =
        """
        (select count(*) from (
          select 1 from notification where account_id = account.id and read_at is null limit 100) waiting) as unread
        """;

    /// <summary>For example "3" or "99+".</summary>
    public static string Text(long count) =>
        count > ShownMax ? $"{ShownMax}+" : count.ToString(CultureInfo.InvariantCulture);
}
