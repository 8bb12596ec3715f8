using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Pacil.Web.Hosting;
using Pacil.Web.Requests;

namespace Pacil.Web.RateLimits;

/// <summary>
/// Limits the requests of each account and each address. Beyond a limit, the response is 429 with <c>Retry-After</c>.
/// </summary>
internal static class Limits
{
    public const string SignIn = "sign-in";
    public const string Register = "register";
    public const string Search = "search";

    private const int RowsPerRequest = 100;
    private const int RequestsAtOnce = 5000;

    public static void AddLimits(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<Rates>();
        services.AddSingleton<SearchTurns>();
        services.AddSingleton<BodyBudget>();
        // Keep a form's files in memory, not in temporary files. BodyBudget limits the bytes of all bodies in memory.
        services.Configure<FormOptions>(options => options.MemoryBufferThreshold = settings.BodyBytesMax);
    }

    /// <summary>
    /// Limits the concurrent requests of an account, of an address and of the address's subnet. Streams of the feed are
    /// not counted here, but in <c>Streaming/StreamLimiter.cs</c>.
    /// </summary>
    public static void UseRequestsAtOnce(this WebApplication app, Settings settings)
    {
        if (settings.AreLimitsOff) return;
        var open = new OpenCounts(
            settings.RequestsAtOncePerAccount, settings.RequestsAtOncePerAddress, RequestsAtOnce);
        app.Use((context, next) => IsFree(context) ? next(context)
            : open.Take(Peer.Account(context), Peer.Address(context), Peer.Network(context)) is { } taken
                ? Run(taken, context, next)
                : (open.Total < RequestsAtOnce ? TooMany() : Busy()).Problem.ExecuteAsync(context));
    }

    /// <summary>Limits the rate of all requests, and the number of searches that run concurrently.</summary>
    public static void UseRates(this IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        if (services.GetRequiredService<Settings>().AreLimitsOff) return;
        var (rates, turns) = (services.GetRequiredService<Rates>(), services.GetRequiredService<SearchTurns>());
        app.Use((context, next) =>
        {
            if (IsFree(context)) return next(context);
            if (rates.Request(context, 1) is { } refusal) return refusal.ExecuteAsync(context);
            return IsSearch(context) && Peer.Account(context) is { } account
                ? RunSearch(account, context, next)
                : next(context);
        });

        async Task RunSearch(Peer account, HttpContext context, RequestDelegate next)
        {
            if (rates.Search(account) is { } refusal) await refusal.ExecuteAsync(context);
            else await Run(await turns.Take(account, context.RequestAborted), context, next);
        }
    }

    /// <summary>
    /// Refuses a body whose Content-Length is too large. Kestrel would close the connection while the client is still
    /// sending, and many clients would then never read the response. With Kestrel's limit removed, the server responds,
    /// and discards the rest of the body for a short time.
    /// </summary>
    public static void UseBodyLimit(this IApplicationBuilder app, Settings settings) => app.Use((context, next) =>
    {
        if (context.Request.ContentLength is not { } length || length <= settings.BodyBytesMax) return next(context);
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        return Problems.Of(StatusCodes.Status413PayloadTooLarge).ExecuteAsync(context);
    });

    /// <summary>Counts work on many rows against the caller's rate. A hundred rows count as one request.</summary>
    /// <returns>Null if the caller is within the limit, otherwise 429.</returns>
    public static Problem? Charge(HttpContext context, int rows) =>
        rows < RowsPerRequest ? null : Count(context, rows / RowsPerRequest);

    /// <summary>Counts requests against the caller's rate limit.</summary>
    /// <returns>Null if the caller is within the limit, otherwise 429.</returns>
    public static Problem? Count(HttpContext context, int requests) =>
        context.RequestServices.GetRequiredService<Rates>().Request(context, requests);

    /// <summary>Counts an invitation that an account sends to a user by name.</summary>
    /// <returns>Null if the caller is within the limit, otherwise 429.</returns>
    public static Problem? CountInvitation(HttpContext context, long account) =>
        context.RequestServices.GetRequiredService<Rates>().Invitation(Peer.Account(account));

    /// <summary>Counts a search with terms in the body. <see cref="UseRates"/> counts all other searches.</summary>
    /// <returns>Null if the caller is within the limit, otherwise 429.</returns>
    public static Problem? CountSearch(HttpContext context) =>
        Peer.Account(context) is { } account
            ? context.RequestServices.GetRequiredService<Rates>().Search(account)
            : null;

    /// <summary>Counts a search with terms in the request body, and waits until the search may run.</summary>
    /// <returns>The search slot, which the caller disposes; null if limits are off or nobody is signed in.</returns>
    /// <exception cref="ProblemException">
    /// 429: too many searches of the account. 503: too many searches of all accounts.
    /// </exception>
    public static async Task<IDisposable?> TakeSearchTurn(HttpContext context)
    {
        var services = context.RequestServices;
        if (services.GetRequiredService<Settings>().AreLimitsOff) return null;
        if (Peer.Account(context) is not { } account) return null;
        if (CountSearch(context) is { } refusal) throw new ProblemException(refusal);
        return await services.GetRequiredService<SearchTurns>().Take(account, context.RequestAborted);
    }

    /// <summary>The policy that the endpoint sets with <c>RequireRateLimiting</c>; null if it sets none.</summary>
    public static string? Policy(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName;

    /// <summary>429 with <c>Retry-After</c>, in seconds rounded up.</summary>
    public static Problem Refusal(TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        return new Problem(StatusCodes.Status429TooManyRequests, "too_many_requests", seconds)
        {
            RetryAfterSeconds = seconds,
        };
    }

    /// <summary>429: the caller has too many concurrent requests.</summary>
    public static ProblemException TooMany() => new(Refusal(TimeSpan.FromSeconds(1)));

    /// <summary>503: all callers together have too many concurrent requests.</summary>
    public static ProblemException Busy(int seconds = 1) =>
        new(Problems.Of(StatusCodes.Status503ServiceUnavailable) with { RetryAfterSeconds = seconds });

    private static bool IsFree(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null;

    /// <summary>
    /// Every safe request with parameter <c>search</c> is a search, so that the limit also covers lists added later.
    /// </summary>
    private static bool IsSearch(HttpContext context) => Csrf.IsSafe(context.Request.Method)
        && (Policy(context) == Search
            || context.Request.QueryString.HasValue
            && context.Request.Query["search"].Any(text => !string.IsNullOrWhiteSpace(text)));

    private static async Task Run(IDisposable held, HttpContext context, RequestDelegate next)
    {
        using (held) await next(context);
    }
}
