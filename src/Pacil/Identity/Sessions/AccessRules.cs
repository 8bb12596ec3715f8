using Pacil.Identity.Accounts;
using Pacil.Web;

namespace Pacil.Identity.Sessions;

/// <summary>Rules that routes carry as metadata, checked after routing, also for each part of a batch.</summary>
internal static class AccessRules
{
    public static TBuilder GivesAccess<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new GivesAccessAttribute());

    public static TBuilder NotInABatch<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new NotInABatchAttribute());

    /// <summary>Writes an audit line for each successful request that gives access. Runs after routing.</summary>
    public static void UseAudit(this IApplicationBuilder app) => app.Use((context, next) =>
        Csrf.IsSafe(context.Request.Method) || !IsAccessGiven(context) ? next(context) : Run(context, next));

    /// <summary>Writes the audit line of an atomic batch's part, which itself ends with 424.</summary>
    public static void Audit(HttpContext context)
    {
        if (IsAccessGiven(context)) Web.Hosting.Audit.Granted(context);
    }

    /// <returns>Null if the request is allowed; else 403.</returns>
    public static Problem? Refusal(HttpContext context, CurrentUser user)
    {
        if (!user.Key.IsToken || Csrf.IsSafe(context.Request.Method)) return null;
        if (user.IsReadOnly) return new(StatusCodes.Status403Forbidden, "read_only_token");
        return IsAccessGiven(context) ? user.NeedsAdminScope : null;
    }

    private static async Task Run(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.StatusCode < StatusCodes.Status400BadRequest) Web.Hosting.Audit.Granted(context);
    }

    private static bool IsAccessGiven(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<GivesAccessAttribute>() is not null;
}
