using Pacil.Web;

namespace Pacil.Accounts;

/// <summary>
/// A route that gives somebody access, or takes it away. A token may use it only if its scope is <c>admin</c>: a token
/// that was stolen for an hour would else open the account for good. Reading is not restricted.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class GivesAccessAttribute : Attribute;

/// <summary>A route that a batch must not hold.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NotInABatchAttribute : Attribute;

/// <summary>Rules that routes carry as metadata, checked after routing, also for each part of a batch.</summary>
internal static class AccessRules
{
    public static TBuilder GivesAccess<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new GivesAccessAttribute());

    public static TBuilder NotInABatch<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new NotInABatchAttribute());

    /// <returns>Null where the request may go on; else 403.</returns>
    public static Problem? Refusal(HttpContext context, CurrentUser user)
    {
        if (!user.Key.IsToken || Csrf.IsSafe(context.Request.Method)) return null;
        if (user.IsReadOnly) return new(StatusCodes.Status403Forbidden, "read_only_token");
        var givesAccess = context.GetEndpoint()?.Metadata.GetMetadata<GivesAccessAttribute>() is not null;
        return givesAccess ? user.NeedsAdminScope : null;
    }
}
