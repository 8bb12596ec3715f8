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
            .RequireAuthorization().NotInABatch().WithTags("Batch").Accepts<BatchBody>();
        app.Services.GetRequiredService<BatchPipeline>().Build(app);
    }
}
