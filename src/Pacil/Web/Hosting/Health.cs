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
        health.MapGet(Lives, () => TypedResults.Text("ok")).DisableRateLimiting();
        health.MapGet(CanServe, Ready);
    }

    private static async Task<IResult> Ready(Database database, CancellationToken cancellation)
    {
        var schema = await database.Read(connection => connection.First<int>("select schema from meta"), cancellation);
        return schema > 0 ? TypedResults.Text("ready") : Problems.Of(StatusCodes.Status503ServiceUnavailable);
    }
}
