using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pacil.Web.Language;
using Pacil.Web.Requests;

namespace Pacil.Web.OpenApi;

/// <summary>Completes the description of an operation with what the metadata of its route says.</summary>
internal static partial class Operations
{
    private const string MergePatch = "application/merge-patch+json";

    /// <summary>The routes of the inventory exist twice. The second id ends with this.</summary>
    private const string InWorkspace = "InWorkspace";

    public static async Task Describe(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var (method, path) = (context.Description.HttpMethod!, Path(context.Description.RelativePath!));
        if (metadata.OfType<Operation>().LastOrDefault() is { } described)
            operation.OperationId = described.Id
                + (path.Contains("/w/{workspace}/", StringComparison.Ordinal) ? InWorkspace : "");
        foreach (var parameter in RouteRules.Parameters(metadata)) Add(operation, path, parameter);
        if (operation.RequestBody is OpenApiRequestBody body)
            Describe(body, method, metadata.OfType<IAcceptsMetadata>().Last().RequestType!);
        if (metadata.OfType<EndlessAnswer>().Any()) AddStreams(operation);
        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemBody), null, cancellation);
        var refusals = RouteRules.Refusals(method, path, metadata).GroupBy(refusal => refusal.Status);
        foreach (var refused in refusals.OrderBy(refused => refused.Key))
            operation.Responses![$"{refused.Key}"] = Refused(
                context.Document!, problem, refused.Key,
                [.. refused.SelectMany(refusal => refusal.Codes).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>The path as the description has it: <c>/items/{id}</c> for the route <c>items/{id:long}</c>.</summary>
    private static string Path(string route) => $"/{Constraint().Replace(route, "")}";

    /// <summary>
    /// Adds the answers of a stream that the framework cannot describe: events, and the switch to a WebSocket.
    /// </summary>
    private static void AddStreams(OpenApiOperation operation)
    {
        operation.Responses!["101"] = new OpenApiResponse { Description = "Switching Protocols" };
        operation.Responses["200"].Content!["text/event-stream"] =
            new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    /// <summary>Adds a parameter, or replaces the description that the framework has made of it.</summary>
    private static void Add(OpenApiOperation operation, string path, Parameter parameter)
    {
        var isInPath = parameter.In == ParameterLocation.Path;
        if (isInPath && !path.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal)) return;
        var parameters = operation.Parameters ??= [];
        var known = parameters.FirstOrDefault(one => one.Name == parameter.Name && one.In == parameter.In);
        if (known is not null) parameters.Remove(known);
        parameters.Insert(isInPath ? parameters.Count(one => one.In == ParameterLocation.Path) : parameters.Count,
            parameter.Described());
    }

    /// <summary>Only PATCH takes a merge patch. A body with a required member is required.</summary>
    private static void Describe(OpenApiRequestBody body, string method, Type type)
    {
        if (!HttpMethods.IsPatch(method)) body.Content!.Remove(MergePatch);
        body.Required = Array.Exists(
            type.GetConstructors()[0].GetParameters(), parameter => !parameter.HasDefaultValue);
    }

    /// <summary>
    /// A response with a problem. Operations share the components of their responses, which are named after the status
    /// and the codes.
    /// </summary>
    private static OpenApiResponseReference Refused(
        OpenApiDocument document, OpenApiSchema problem, int status, string[] codes)
    {
        const string Schema = "Problem";
        var name = $"{status}.{string.Join('.', codes)}";
        document.AddComponent<IOpenApiSchema>(Schema, problem);
        document.AddComponent<IOpenApiResponse>(name, new OpenApiResponse
        {
            Description = string.Join('\n', codes.Select(code => $"- `{code}`: {Explain(code)}")),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Schema, document) },
            },
            Extensions = new Dictionary<string, IOpenApiExtension>
            {
                ["x-codes"] = new JsonNodeExtension(new JsonArray([.. codes.Select(code => JsonValue.Create(code))])),
            },
        });
        return new OpenApiResponseReference(name, document);
    }

    /// <summary>What the problem says to an English reader, with … for what is known only later.</summary>
    private static string Explain(string code) => code == "invalid"
        ? "Some fields are not valid; `errors` has the messages of each."
        : Placeholder().Replace(Texts.In("en")[$"problem.{code}"], "…");

    [GeneratedRegex(@"\{\d[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@":\w+(?=\})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();
}
