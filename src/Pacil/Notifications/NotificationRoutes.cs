using Pacil.Accounts;
using Pacil.Data;
using Pacil.Web;

namespace Pacil.Notifications;

internal static class NotificationRoutes
{
    public static void AddNotifications(this IServiceCollection services, Settings settings)
    {
        services.AddHostedService<NotificationReader>();
        services.AddSingleton<Erasure>(ForgetNotifications.Erase);
        services.AddSingleton<Sweep>(tx => ForgetNotifications.Apply(tx, settings));
    }

    public static void MapNotifications(this IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup("/api/notifications").WithTags("Notifications").RequireAuthorization();
        mine.MapGet("", ListNotifications.Handle).Asks(ListNotifications.Asked).Produces<List<Notification>>();
        mine.MapPost("/read", MarkRead.Handle).Takes<MarkRead.Request>().Produces<MarkRead.Response>();
        mine.MapGet("/choices", Choices.Handle).Produces<Choices>();
        mine.MapPut("/choices", Choices.HandleChange).Takes<Choices>().Produces<Choices>();
        app.MapGet("/notifications/{id:long}", OpenNotification.Handle)
            .RequireAuthorization().ExcludeFromDescription();
    }
}
