using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Pacil.Web.OpenApi;

/// <summary>Names and completes the schemas of the API description.</summary>
internal static class Schemas
{
    /// <summary>The name of a type's schema; null if the schema stands where it is used.</summary>
    public static string? Name(JsonTypeInfo type) =>
        type.Type.GetCustomAttribute<SchemaNameAttribute>()?.Name
        ?? ((Nullable.GetUnderlyingType(type.Type) ?? type.Type) != typeof(JsonElement)
            && OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
            ? $"{type.Type.DeclaringType?.Name}{name}"
            : null);

    public static Task Describe(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (schema.Enum is { Count: > 0 }) schema.Type ??= JsonSchemaType.String;
        if (context.JsonTypeInfo.Type.GetCustomAttribute<ExampleAttribute>() is { } example)
            schema.Examples = [JsonNode.Parse(example.Json)!];
        return Task.CompletedTask;
    }
}
