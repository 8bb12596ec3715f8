using Microsoft.AspNetCore.Http.Metadata;
using Pacil.Web.OpenApi;
using Pacil.Web.Requests;

namespace Pacil.Web;

/// <summary>
/// What a route says about itself in the API description. Its refusals by middleware follow from its other metadata;
/// see <see cref="RouteRules"/>.
/// </summary>
internal static class RouteDescription
{
    /// <param name="id">The operation's id, from which generated clients make the name of a method.</param>
    /// <param name="summary">One line.</param>
    public static TBuilder WithOperation<TBuilder>(this TBuilder route, string id, string summary)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Operation(id)).WithSummary(summary);

    /// <summary>Declares a status with which the routes may refuse a request, and the codes of its problems.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder routes, int status, params string[] codes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new Refusal(status, codes));

    /// <summary>Declares that an idempotency key has no effect, because the response has a secret.</summary>
    public static RouteHandlerBuilder WithoutIdempotencyKey(this RouteHandlerBuilder route) =>
        route.WithMetadata(new TakesNoKey());

    /// <summary>
    /// Declares <typeparamref name="TBody"/> as the request body of a route. The handler itself reads
    /// <see cref="RequestFields"/> instead.
    /// </summary>
    public static RouteHandlerBuilder Accepts<TBody>(this RouteHandlerBuilder route) =>
        route.WithMetadata(new AcceptsMetadata(
            ["application/json", "application/merge-patch+json", "application/x-www-form-urlencoded"],
            typeof(TBody), isOptional: true));

    /// <summary>Declares parameters of the path, of the query and in headers.</summary>
    public static TBuilder WithParameters<TBuilder>(this TBuilder routes, params Parameter[] parameters)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata([.. parameters]);
}
