using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.RateLimits;

namespace Pacil.Batch;

/// <summary>Runs a part with the routes, rules and limits of any request, for the batch's user and address.</summary>
internal sealed class BatchPipeline
{
    private static readonly Problem Refused = new(StatusCodes.Status403Forbidden, "not_in_a_batch");

    private RequestDelegate next = null!;

    public void Build(WebApplication app)
    {
        // Each pipeline would build all endpoints again from their sources. This source builds them once and keeps
        // them.
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
    /// A batch must not contain routes that open or end an account, that never end, or another batch. Routes say so in
    /// their metadata, so no spelling of an address gets around it.
    /// </summary>
    private static Task CheckAccess(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NotInABatchAttribute>() is not null)
            return Refused.ExecuteAsync(context);
        return AccessRules.Refusal(context, CurrentUser.Of(context)) is { } refusal
            ? refusal.ExecuteAsync(context)
            : next(context);
    }
}
