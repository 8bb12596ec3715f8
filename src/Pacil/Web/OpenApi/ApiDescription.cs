using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Pacil.Web.OpenApi;

/// <summary>Serves the OpenAPI description of the API at /openapi/v1.json.</summary>
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
            options.CreateSchemaReferenceId = Schemas.Name;
            options
                .AddSchemaTransformer(Schemas.Describe)
                .AddOperationTransformer(Operations.Describe)
                .AddDocumentTransformer((document, _, _) => Describe(document));
        });
    }

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Pacil",
            Version = "v1",
            Description =
                """
                A live inventory. The routes of the inventory exist twice: below `/api` for your personal workspace, and
                below `/api/w/{workspace}` for every workspace of which you are a member.

                A refusal is a problem (RFC 9457) with a stable `code`. Each operation says which codes it gives; in
                this document they are also in `x-codes`. To a browser that asks for HTML, a problem is a page. A write
                with an `Idempotency-Key` can be sent again, and takes effect once.
                """,
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        AddSignIn(document);
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

    public static void UseApiDescription(this WebApplication app)
    {
        var document = new Lazy<Task<byte[]>>(() => WriteDocument(app.Services));
        app.MapGet(Document, async () => TypedResults.Bytes(await document.Value, "application/json; charset=utf-8"))
            .AllowAnonymous().ExcludeFromDescription();
        app.UseExplorer();
    }

    /// <summary>
    /// Runs only one time, at the first request, because it takes most of a second and anyone may request it.
    /// </summary>
    private static async Task<byte[]> WriteDocument(IServiceProvider services)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1");
        var document = await provider.GetOpenApiDocumentAsync();
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1);
        return json.ToArray();
    }
}
