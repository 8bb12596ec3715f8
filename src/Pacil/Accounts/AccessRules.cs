using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>Rules that routes carry as metadata, checked after routing, also for each part of a batch.</summary>
internal static class AccessRules
{
    public static TBuilder GivesAccess<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new GivesAccessAttribute());

    public static TBuilder NotInABatch<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new NotInABatchAttribute());

    /// <summary>After routing: tells the operator's log of whatever gives access, once it is done.</summary>
    public static void UseAudit(this IApplicationBuilder app) => app.Use((context, next) =>
        Csrf.IsSafe(context.Request.Method) || !IsAccessGiven(context) ? next(context) : Run(context, next));

    /// <summary>The same of a request that was done by another.</summary>
    public static void Audit(HttpContext context)
    {
        if (IsAccessGiven(context)) Web.Audit.Granted(context);
    }

    /// <returns>Null where the request may go on; else 403.</returns>
    public static Problem? Refusal(HttpContext context, CurrentUser user)
    {
        if (!user.Key.IsToken || Csrf.IsSafe(context.Request.Method)) return null;
        if (user.IsReadOnly) return new(StatusCodes.Status403Forbidden, "read_only_token");
        return IsAccessGiven(context) ? user.NeedsAdminScope : null;
    }

    private static async Task Run(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.StatusCode < StatusCodes.Status400BadRequest) Web.Audit.Granted(context);
    }

    private static bool IsAccessGiven(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<GivesAccessAttribute>() is not null;
}
