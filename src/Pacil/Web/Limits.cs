using System.Net;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Pacil.Web;

/// <summary>How much a stranger, or an account, may ask for. Beyond it: 429 with <c>Retry-After</c>.</summary>
internal static class Limits
{
    public const string SignIn = "sign-in";
    public const string Register = "register";
    public const string Search = "search";

    private const int RowsPerRequest = 100;

    /// <summary>Parts of a window; as each passes, what was used in it is given back.</summary>
    private const int Segments = 6;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static void AddLimits(this IServiceCollection services, Settings settings) =>
        services.AddRateLimiter(options => Configure(options, settings));

    private static void Configure(RateLimiterOptions options, Settings settings)
    {
        var perAccount = Window(settings, settings.RequestsPerMinute, Minute);
        options.GlobalLimiter = PartitionedRateLimiter.Create(perAccount);
        options.AddPolicy(Search, Window(settings, settings.SearchesPerMinute, Minute));
        options.AddPolicy(SignIn, Attempts(settings, settings.SignInsPerMinute, Minute));
        options.AddPolicy(Register, Attempts(settings, settings.RegistrationsPerHour, Hour));
        options.OnRejected = (rejected, _) => new(
            Refusal(Wait(rejected.HttpContext)).ExecuteAsync(rejected.HttpContext));
    }

    /// <summary>
    /// Refuses a body that says it is too large. Kestrel would do so too, but close the connection while the client
    /// still sends, and many a client then never sees why; here it takes the rest for a moment and throws it away.
    /// </summary>
    public static void UseBodyLimit(this IApplicationBuilder app, Settings settings) => app.Use((context, next) =>
    {
        if (context.Request.ContentLength is not { } length || length <= settings.BodyBytesMax) return next(context);
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        return Problems.Of(StatusCodes.Status413PayloadTooLarge).ExecuteAsync(context);
    });

    /// <summary>Who is counted as one: a network of 64 bits in IPv6, which is what one subscriber has.</summary>
    public static IPAddress Network(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private static Func<HttpContext, RateLimitPartition<Who>> Window(Settings settings, int permits, TimeSpan window) =>
        context => settings.AreLimitsOff
            ? RateLimitPartition.GetNoLimiter(default(Who))
            : Sliding(Who.Asks(context), permits, window);

    /// <summary>
    /// Counts work on so many rows against what the account may ask for: a hundred are as one request more.
    /// </summary>
    /// <returns>Null where it may; else 429.</returns>
    public static Problem? Charge(HttpContext context, int rows) =>
        rows < RowsPerRequest ? null : Count(context, rows / RowsPerRequest);

    /// <summary>Counts so many requests against what the account may ask for.</summary>
    /// <returns>Null where it may; else 429.</returns>
    public static Problem? Count(HttpContext context, int requests)
    {
        var services = context.RequestServices;
        var settings = services.GetRequiredService<Settings>();
        if (settings.AreLimitsOff) return null;
        var limiter = services.GetRequiredService<IOptions<RateLimiterOptions>>().Value.GlobalLimiter!;
        using var lease = limiter.AttemptAcquire(context, Math.Min(requests, settings.RequestsPerMinute));
        return lease.IsAcquired ? null : Refusal(Minute / Segments);
    }

    /// <summary>Looking at the form is free; sending it counts, for the address.</summary>
    private static Func<HttpContext, RateLimitPartition<Who>> Attempts(
        Settings settings, int permits, TimeSpan window) =>
        context => settings.AreLimitsOff || Csrf.IsSafe(context.Request.Method)
            ? RateLimitPartition.GetNoLimiter(default(Who))
            : Sliding(new Who(null, Network(context)), permits, window);

    private static RateLimitPartition<Who> Sliding(Who who, int permits, TimeSpan window) =>
        RateLimitPartition.GetSlidingWindowLimiter(who, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = window,
            SegmentsPerWindow = Segments,
        });

    /// <summary>
    /// When to try again: attempts are few, and made at once they come back together; of what is asked for all the
    /// time, some comes back with each part of the window.
    /// </summary>
    private static TimeSpan Wait(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName switch
        {
            SignIn => Minute,
            Register => Hour,
            _ => Minute / Segments,
        };

    private static Problem Refusal(TimeSpan wait)
    {
        var seconds = (int)wait.TotalSeconds;
        return new Problem(StatusCodes.Status429TooManyRequests, "too_many_requests", seconds)
        {
            RetryAfterSeconds = seconds,
        };
    }

    /// <summary>An account, or else an address.</summary>
    private readonly record struct Who(string? Account, IPAddress? Address)
    {
        public static Who Asks(HttpContext context) =>
            context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
                ? new Who(id, null)
                : new Who(null, Network(context));
    }
}
