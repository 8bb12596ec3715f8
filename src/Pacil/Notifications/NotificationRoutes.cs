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
        mine.MapGet("", ListNotifications.Handle).WithParameters(ListNotifications.Asked)
            .Produces<List<Notification>>();
        mine.MapPost("/read", MarkRead.Handle).Accepts<MarkRead.Request>().Produces<MarkRead.Response>();
        mine.MapGet("/choices", NotificationPreferences.Handle).Produces<NotificationPreferences>();
        mine.MapPut("/choices", NotificationPreferences.HandleChange).Accepts<NotificationPreferences>()
            .Produces<NotificationPreferences>();
        app.MapGet("/notifications/{id:long}", OpenNotification.Handle)
            .RequireAuthorization().ExcludeFromDescription();
    }
}
