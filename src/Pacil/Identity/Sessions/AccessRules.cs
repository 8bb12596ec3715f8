using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.OpenApi;

namespace Pacil.Identity.Sessions;

/// <summary>
/// Access rules in the metadata of endpoints. They are checked after routing, also for each request of a batch.
/// </summary>
internal static class AccessRules
{
    public static TBuilder GivesAccess<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(
            new GivesAccessAttribute(), new Refusal(403, "session_required") { IsOfWrites = true });

    public static TBuilder NotInABatch<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new NotInABatchAttribute());

    /// <summary>
    /// Allows the routes in an atomic batch. The batch accepts a write only if the route returns a
    /// <see cref="RequestWrite"/>.
    /// </summary>
    public static TBuilder InAtomicBatch<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new InAtomicBatchAttribute());

    /// <summary>
    /// Writes an audit line for each successful request that gives or revokes access. Must run after routing.
    /// </summary>
    public static void UseAudit(this IApplicationBuilder app) => app.Use((context, next) =>
        Csrf.IsSafe(context.Request.Method) || !IsAccessGiven(context) ? next(context) : Run(context, next));

    /// <summary>
    /// Writes the audit line for one request of a successful atomic batch. <see cref="UseAudit"/> does not write it,
    /// because the request ends before the batch writes anything.
    /// </summary>
    public static void Audit(HttpContext context)
    {
        if (IsAccessGiven(context)) Web.Hosting.Audit.Granted(context);
    }

    /// <returns>Null if the request is allowed; otherwise 403.</returns>
    public static Problem? Refusal(HttpContext context, CurrentUser user)
    {
        if (!user.Key.IsToken || Csrf.IsSafe(context.Request.Method)) return null;
        if (user.IsReadOnly) return new(StatusCodes.Status403Forbidden, "read_only_token");
        return IsAccessGiven(context) ? user.NeedsAdminScope : null;
    }

    private static async Task Run(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.StatusCode < StatusCodes.Status400BadRequest
            && context.Features.Get<CollectedWrites>() is null) Web.Hosting.Audit.Granted(context);
    }

    private static bool IsAccessGiven(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<GivesAccessAttribute>() is not null;
}
