using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Erasure;
using Pacil.Web;
using Pacil.Web.Hosting;

namespace Pacil.Notifications;

internal static class NotificationRoutes
{
    public static void AddNotifications(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(new AccountColumns(Inbox.CountUnread));
        services.AddHostedService<NotificationReader>();
        services.AddSingleton<ErasureStep>(ForgetNotifications.Erase);
        services.AddSingleton<CleanupTask>(tx => ForgetNotifications.Apply(tx, settings));
    }

    public static void MapNotifications(this IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup("/api/notifications").WithTags("Notifications").RequireAuthorization();
        mine.MapGet("", ListNotifications.Handle)
            .WithOperation("listNotifications", "List your notifications, newest first.")
            .WithParameters(ListNotifications.Asked).Produces<List<Notification>>();
        mine.MapPost("/read", MarkRead.Handle).WithOperation("markNotificationsRead", "Mark notifications as read.")
            .Accepts<MarkRead.Request>().Produces<MarkRead.Response>();
        mine.MapGet("/choices", NotificationPreferences.Handle)
            .WithOperation("readNotificationChoices", "Read which notifications you get.")
            .Produces<NotificationPreferences>();
        mine.MapPut("/choices", NotificationPreferences.HandleChange)
            .WithOperation("changeNotificationChoices", "Choose which notifications you get.")
            .Accepts<NotificationPreferences>()
            .Produces<NotificationPreferences>();
        app.MapGet("/notifications/{id:long}", OpenNotification.Handle)
            .RequireAuthorization().ExcludeFromDescription();
    }
}
