using Pacil.Web;

namespace Pacil.Feed;

/// <summary>What the feed needs from the program.</summary>
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
    /// As soon as it is known who asks: whatever a stream passes through, it holds on to for hours. WebSockets notice
    /// within half a minute that their peer is gone.
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
