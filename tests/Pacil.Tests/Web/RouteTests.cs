using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web;

public sealed class RouteTests
{
    [Fact]
    public async Task Every_route_is_in_the_table_and_every_row_is_a_route()
    {
        var routes = (await Endpoints())
            .SelectMany(endpoint => Methods(endpoint).Select(method => $"{method} {Pattern(endpoint)}"))
            .Where(route => route.EndsWith("/api/w/{workspace:long}") || !route.Contains("/w/{workspace:long}"))
            .Distinct().ToList();

        routes.Count.ShouldBeGreaterThan(20);
        routes.Order().ShouldBe(Route.Api.Select(route => route.Name).Concat(Route.Others)
            .Concat(Route.Forms.Select(form => form.Name)).Order());
    }

    [Fact]
    public async Task Every_route_of_the_inventory_exists_for_every_workspace()
    {
        var patterns = (await Endpoints()).Select(Pattern).ToHashSet();
        foreach (var route in Route.Api.Where(route => route.IsInWorkspace))
            patterns.ShouldContain(route.Name.Split(' ')[1].Replace("/api/", "/api/w/{workspace:long}/"));
    }

    [Fact]
    public async Task Every_route_says_who_may_use_it()
    {
        foreach (var endpoint in await Endpoints())
        {
            var isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var isClosed = endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
                || endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null;
            (isOpen || isClosed).ShouldBeTrue($"{endpoint.DisplayName} says nothing");
        }
    }

    [Fact]
    public async Task What_strangers_may_use_is_a_short_list()
    {
        var open = (await Endpoints())
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(Pattern).Distinct().Order();

        open.ShouldBe(
        [
            // The routes of the feed allow anonymous requests and authenticate the client themselves.
            "/api", "/api/feed", "/api/login", "/api/me", "/api/register", "/api/w/{workspace:long}/feed", "/healthz",
            "/login", "/offline", "/openapi/v1.json",
            "/readyz", "/register", "/sign-in/{secret}", "/texts/{version}.js",
        ]);
    }

    /// <summary>All endpoints except static files.</summary>
    private static async Task<List<RouteEndpoint>> Endpoints()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        return [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
            .Where(endpoint => endpoint.RoutePattern.RawText != "{**path:file}")];
    }

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    /// <summary>A page accepts GET, and also POST if the page has a form.</summary>
    private static IEnumerable<string> Methods(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { } http) return http.HttpMethods;
        var page = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.RazorPages.CompiledPageActionDescriptor>();
        var handlers = page?.HandlerMethods.Select(handler => handler.HttpMethod.ToUpperInvariant()) ?? [];
        return handlers.Append("GET").Distinct();
    }
}
