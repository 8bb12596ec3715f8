using Pacil.Streaming.Commands;
using Pacil.Streaming.Presence;
using Pacil.Streaming.Transports;
using Pacil.Web;

namespace Pacil.Streaming;

/// <summary>Registers the services of the feed, and its branch of the middleware pipeline.</summary>
internal static class FeedServices
{
    public static void AddFeed(this IServiceCollection services)
    {
        services.AddSingleton<PageMemory>();
        services.AddSingleton<FeedLog>();
        services.AddSingleton(new RingMemory(RingMemory.BytesMax));
        services.AddSingleton<RingLoader>();
        services.AddSingleton<Broadcaster>();
        services.AddSingleton<StreamLimiter>();
        services.AddSingleton<FollowFeed>();
        services.AddSingleton<PresenceTracker>();
        services.AddSingleton<PollingPresence>();
        services.AddSingleton<PresenceLocationFinder>();
        services.AddSingleton<SocketCommandHandlers>();
        foreach (var command in PresenceCommands.All.Append(FollowCommand.Handler)) services.AddSingleton(command);
        services.AddHostedService<PresencePeers>();
        services.AddHostedService(provider => provider.GetRequiredService<Broadcaster>());
    }

    /// <summary>
    /// Adds a pipeline branch that runs the feed's endpoint. A stream may run for hours and keeps the state of every
    /// middleware before the branch in memory. The branch therefore comes directly after the middlewares for user and
    /// culture. The WebSocket keep-alive detects within 30 seconds that a client has disappeared.
    /// </summary>
    public static void UseFeed(this WebApplication app) => app.UseWhen(
        context => context.GetEndpoint()?.Metadata.GetMetadata<EndlessAnswer>() is not null,
        feed =>
        {
            var time = app.Services.GetRequiredService<TimeProvider>();
            if (app.Services.GetRequiredService<StreamLimiter>().AreOn)
                feed.Use(next => context =>
                {
                    SocketTransport.Put(context, time);
                    return next(context);
                });
            feed.UseWebSockets(new WebSocketOptions
            {
                KeepAliveInterval = TimeSpan.FromSeconds(20),
                KeepAliveTimeout = TimeSpan.FromSeconds(10),
            });
            feed.Run(static context => context.GetEndpoint()!.RequestDelegate!(context));
        });
}
