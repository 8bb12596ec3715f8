using System.Globalization;

namespace Pacil.Accounts;

/// <summary>
/// How many notifications wait for an account. Counted where it is asked, from an index and no further than the
/// bell shows, so that there is no counter that could differ from what there is.
/// </summary>
internal static class UnreadCount
{
    private const int ShownMax = 99;

    /// <summary>For a select from account: at most one more than is shown.</summary>
    public const string Count =
        """
        (select count(*) from (
          select 1 from notification where account_id = account.id and read_at is null limit 100) waiting) as unread
        """;

    /// <summary>3 · 99+.</summary>
    public static string Text(long count) =>
        count > ShownMax ? $"{ShownMax}+" : count.ToString(CultureInfo.InvariantCulture);
}
