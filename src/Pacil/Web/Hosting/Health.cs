using Pacil.Data;

namespace Pacil.Web.Hosting;

/// <summary>
/// Endpoints for monitoring. /healthz shows that the process runs. /readyz shows that it can read the database.
/// </summary>
internal static class Health
{
    private const string Lives = "/healthz";
    private const string CanServe = "/readyz";

    public static bool IsAsked(PathString path) => path.Value?.TrimEnd('/') is Lives or CanServe;

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("").AllowAnonymous().WithTags("Health");
        health.MapGet(Lives, () => TypedResults.Text("ok")).WithOperation("readHealth", "See that the process runs.")
            .DisableRateLimiting().Produces<string>(200, "text/plain");
        health.MapGet(CanServe, Ready).WithOperation("readReadiness", "See that the process can read the database.")
            .Produces<string>(200, "text/plain");
    }

    private static async Task<IResult> Ready(Database database, CancellationToken cancellation)
    {
        var schema = await database.Read(connection => connection.First<int>("select schema from meta"), cancellation);
        return schema > 0 ? TypedResults.Text("ready") : Problems.Of(StatusCodes.Status503ServiceUnavailable);
    }
}
