using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Batch;

internal static class BatchRoutes
{
    public static void AddBatch(this IServiceCollection services)
    {
        services.AddSingleton<BatchPipeline>();
        services.AddSingleton<RunBatch>();
    }

    /// <summary>
    /// Maps the batch endpoint. Call this after mapping all other routes, because a batch can contain requests to them.
    /// </summary>
    public static void MapBatch(this WebApplication app)
    {
        app.MapPost("/api/batch", (RequestFields fields, CurrentUser user, HttpContext context, RunBatch batch) =>
            batch.Handle(fields, user, context))
            .WithOperation("runBatch", "Run many requests in one, each by itself or all in one write.")
            .RequireAuthorization().NotInABatch().WithTags("Batch").WithParameters(Idempotency.Asked)
            .Accepts<BatchBody>().Produces<BatchAnswer>().Refuses(409, "batch_failed", "too_many_pieces");
        app.Services.GetRequiredService<BatchPipeline>().Build(app);
    }
}
