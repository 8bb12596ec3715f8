using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.RateLimits;

namespace Pacil.Batch;

/// <summary>
/// Runs a part of a batch with the same routes, access rules and rate limits as a separate request. The part has the
/// user and the client address of the batch.
/// </summary>
internal sealed class BatchPipeline
{
    private static readonly Problem Refused = new(StatusCodes.Status403Forbidden, "not_in_a_batch");

    private RequestDelegate next = null!;

    public void Build(WebApplication app)
    {
        // Without this composite source, the main pipeline and the batch pipeline would each build all endpoints. The
        // composite source builds the endpoints one time and caches them.
        var sources = ((IEndpointRouteBuilder)app).DataSources;
        var all = new CompositeEndpointDataSource([.. sources]);
        sources.Clear();
        sources.Add(all);
        var part = ((IApplicationBuilder)app).New();
        part.UseProblems();
        part.UseRouting();
        AccessRules.UseAudit(part);
        part.Use(CheckAccess);
        part.UseRates();
        part.UseAuthorization();
        part.UseEndpoints(routes => routes.DataSources.Add(all));
        next = part.Build();
    }

    public Task Run(BatchPart part, HttpContext context) => next(context);

    /// <summary>
    /// Refuses requests that a batch must not contain: creating or deleting an account, signing in or out, changing a
    /// password, managing tokens, opening a stream, and another batch. Metadata marks these endpoints, and the check
    /// runs after routing. So a different spelling of the path cannot avoid the check. An atomic batch may contain only
    /// endpoints whose metadata allows it.
    /// </summary>
    private static Task CheckAccess(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint()?.Metadata;
        if (context.Features.Get<CollectedWrites>() is not null
            && endpoint is not null && endpoint.GetMetadata<InAtomicBatchAttribute>() is null)
            return CollectedWrites.NotCollected.ExecuteAsync(context);
        if (endpoint?.GetMetadata<NotInABatchAttribute>() is not null) return Refused.ExecuteAsync(context);
        return AccessRules.Refusal(context, CurrentUser.Of(context)) is { } refusal
            ? refusal.ExecuteAsync(context)
            : next(context);
    }
}
