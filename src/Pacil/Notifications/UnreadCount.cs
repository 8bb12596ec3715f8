using System.Globalization;

namespace Pacil.Notifications;

/// <summary>The number of unread notifications, as the bell icon shows it.</summary>
internal static class UnreadCount
{
    private const int ShownMax = 99;

    /// <summary>For example "3" or "99+".</summary>
    public static string Text(long count) =>
        count > ShownMax ? $"{ShownMax}+" : count.ToString(CultureInfo.InvariantCulture);
}
