using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pacil.Web.Requests;

namespace Pacil.Web;

/// <summary>Serves the OpenAPI description at /openapi/v1.json, and Swagger UI at /api to try the API.</summary>
internal static class ApiDescription
{
    private const string Document = "/openapi/v1.json";

    public static void AddApiDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi(options =>
        {
            options.CreateSchemaReferenceId = type => type.Type.GetCustomAttribute<SchemaNameAttribute>()?.Name
                ?? OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options
                .AddDocumentTransformer((document, _, _) => Describe(document))
                .AddOperationTransformer((operation, context, _) => Describe(operation, context));
        });
    }

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Pacil",
            Version = "v1",
            Description = "A live inventory. Refusals are application/problem+json (RFC 9457) with a stable code. "
                + "What changes something and carries an Idempotency-Key can be sent again, and is done once.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        AddSignIn(document);
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var parameter in context.Description.ActionDescriptor.EndpointMetadata.OfType<Parameter>())
            (operation.Parameters ??= []).Add(parameter.Described());
        return Task.CompletedTask;
    }

    /// <summary>
    /// Declares the two ways to authenticate: programs send a bearer token, and Swagger UI uses the session cookie of
    /// the signed-in user.
    /// </summary>
    private static void AddSignIn(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>("token", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A token made by POST /api/tokens, or on the settings page. Needs no X-CSRFToken.",
        });
        document.AddComponent<IOpenApiSecurityScheme>("session", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = "pacil",
            Description = "POST /api/login sets it; __Host-pacil over HTTPS. What changes anything needs X-CSRFToken.",
        });
        document.Security =
        [
            new() { [new OpenApiSecuritySchemeReference("token", document)] = [] },
            new() { [new OpenApiSecuritySchemeReference("session", document)] = [] },
        ];
    }

    /// <summary>
    /// Declares <typeparamref name="TBody"/> as the request body of a route in the API description. The handler itself
    /// reads <see cref="RequestFields"/> instead.
    /// </summary>
    public static RouteHandlerBuilder Accepts<TBody>(this RouteHandlerBuilder route) =>
        route.WithMetadata(new AcceptsMetadata(
            ["application/json", "application/merge-patch+json", "application/x-www-form-urlencoded"],
            typeof(TBody), isOptional: true));

    /// <summary>Adds query parameters and headers of a route to the API description.</summary>
    public static TBuilder WithParameters<TBuilder>(this TBuilder route, params Parameter[] parameters)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata([.. parameters]);

    public static void UseApiDescription(this WebApplication app)
    {
        var document = new Lazy<Task<byte[]>>(() => WriteDocument(app.Services));
        app.MapGet(Document, async () => TypedResults.Bytes(await document.Value, "application/json; charset=utf-8"))
            .AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        app.MapGet("/api", () => TypedResults.LocalRedirect("/api/index.html"))
            .AllowAnonymous().ExcludeFromDescription();
        app.UseWhen(IsExplorer, explorer =>
        {
            explorer.Use((context, next) =>
            {
                // Swagger UI's JavaScript adds inline styles, so this page needs 'unsafe-inline'. No other page has
                // third-party code.
                context.Response.Headers.ContentSecurityPolicy =
                    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
                return next(context);
            });
            explorer.UseSwaggerUI(options =>
            {
                options.RoutePrefix = "api";
                options.DocumentTitle = "Pacil API";
                options.SwaggerEndpoint(Document, "Pacil v1");
                options.UseRequestInterceptor(
                    "(request) => Object.assign(request, { headers: { ...request.headers, "
                    + "'X-CSRFToken': document.cookie.match(/csrftoken=([^;]*)/)?.[1] } })");
            });
        });
    }

    /// <summary>
    /// Runs only one time, at the first request, because it takes about 30 ms and anyone may request the description.
    /// </summary>
    private static async Task<byte[]> WriteDocument(IServiceProvider services)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1");
        var document = await provider.GetOpenApiDocumentAsync();
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1);
        return json.ToArray();
    }

    private static bool IsExplorer(HttpContext context) =>
        context.Request.Path.Value is { } path && path.StartsWith("/api", StringComparison.Ordinal)
        && path.LastIndexOf('/') == 4 && path.Contains('.');
}
