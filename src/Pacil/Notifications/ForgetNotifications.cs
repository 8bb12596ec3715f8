using Pacil.Data;
using Pacil.Web.Hosting;

namespace Pacil.Notifications;

/// <summary>
/// Deletes notifications that were read long ago. If an account still has too many notifications, deletes the excess:
/// read notifications before unread ones, and older ones before newer ones.
/// </summary>
internal static class ForgetNotifications
{
    public static async Task<int> Apply(WriteTransaction tx, Settings settings)
    {
        var gone = await tx.Execute(
            $"""
            delete from notification where id in (
              select id from notification where read_at <= @Before limit {CleanupSteps.StepRows})
            """, new { Before = tx.Now - TimeSpan.FromDays(settings.NotificationDays) });
        var max = settings.NotificationsPerAccount;
        var full = await tx.Query<long>(
            "select account_id from notification group by account_id having count(*) > @Max", new { Max = max });
        foreach (var account in full)
            gone += await tx.Execute(
                """
                delete from notification where id in (
                  select id from notification
                  where account_id = @Account
                  order by case when read_at is null then 0 else 1 end, id desc
                  limit @All offset @Max)
                """, new { Account = account, All = long.MaxValue, Max = max });
        return gone;
    }

    /// <summary>
    /// Deletes the notifications and the choices of an erased account. Other users' notifications can contain the name
    /// of the account's personal workspace, which may contain the user name. In those notifications, the current name
    /// of the workspace replaces the old name.
    /// </summary>
    public static async Task Erase(WriteTransaction tx, long account)
    {
        await tx.Execute("delete from notification where account_id = @Account", new { Account = account });
        await tx.Execute("delete from notification_muted where account_id = @Account", new { Account = account });
        await tx.Execute(
            """
            update notification
            set workspace_name = (select name from workspace where id = notification.feed_id)
            where feed_id = (select workspace_id from account where id = @Account)
            """, new { Account = account });
    }
}
