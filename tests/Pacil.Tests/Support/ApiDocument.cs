using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Pacil.Tests.Golden;

namespace Pacil.Tests.Support;

/// <summary>
/// The API description as it stands in the golden file, prepared to find the operation of a request and to compare
/// bodies. Its schemas are closed here: a body must not have a member that they do not name.
/// </summary>
internal static class ApiDocument
{
    private const string Root = "https://pacil.test/openapi";

    private static readonly JsonNode Document = GoldenFile.Read("openapi.json");

    private static readonly Dictionary<string, JsonSchema> Built = [];

    private static readonly EvaluationOptions WithFaults = new() { OutputFormat = OutputFormat.List };

    private static readonly List<(string Method, Regex Path, Lazy<Operation> Operation)> Operations = Read();

    public sealed record Operation(Dictionary<int, Answer> Answers);

    /// <param name="Codes">The codes of the problems with this status.</param>
    /// <param name="Schemas">The schema for each media type; empty if there is no body.</param>
    public sealed record Answer(HashSet<string> Codes, Dictionary<string, JsonSchema> Schemas);

    /// <summary>The operation of a request; null if the description has none for the method and the path.</summary>
    public static Operation? Find(HttpMethod method, string path) => Operations.Find(
        operation => operation.Method == method.Method && operation.Path.IsMatch(path)).Operation?.Value;

    /// <returns>Where the value does not fit the schema, and why; null if it fits.</returns>
    public static string? Faults(JsonSchema schema, JsonElement value)
    {
        if (schema.Evaluate(value).IsValid) return null;
        return string.Join("; ", schema.Evaluate(value, WithFaults).Details!
            .Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Values.Select(error => $"{detail.InstanceLocation} {error}")));
    }

    /// <summary>The schema that stands in the description at this place.</summary>
    public static JsonSchema Schema(JsonNode schema)
    {
        var text = Closed(schema.DeepClone())!.ToJsonString();
        lock (Built)
        {
            if (!Built.TryGetValue(text, out var built)) Built[text] = built = JsonSchema.FromText(text);
            return built;
        }
    }

    /// <summary>Follows a reference, as the responses have them.</summary>
    public static JsonNode Resolved(JsonNode node) => node["$ref"]?.GetValue<string>() is { } reference
        ? reference.Split('/').Skip(1).Aggregate(Document, (at, name) => at[name]!)
        : node;

    private static List<(string, Regex, Lazy<Operation>)> Read()
    {
        // The components are one schema, to whose parts all others refer.
        JsonSchema.FromText(new JsonObject
        {
            ["$id"] = Root,
            ["$defs"] = Closed(Document["components"]!["schemas"]!.DeepClone()),
        }.ToJsonString());
        return
        [
            .. from path in Document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select (operation.Key.ToUpperInvariant(), Pattern(path.Key, operation.Value!),
                   new Lazy<Operation>(() => Read(operation.Value!))),
        ];
    }

    private static Operation Read(JsonNode operation) => new(operation["responses"]!.AsObject().ToDictionary(
        response => int.Parse(response.Key), response => Answered(Resolved(response.Value!))));

    private static Answer Answered(JsonNode response) => new(
        [.. response["x-codes"]?.AsArray().Select(code => code!.GetValue<string>()) ?? []],
        response["content"]?.AsObject().ToDictionary(
            content => content.Key, content => Schema(content.Value!["schema"]!)) ?? []);

    /// <summary>Matches the path with or without a slash at its end. An id in the path must be a number.</summary>
    private static Regex Pattern(string path, JsonNode operation)
    {
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            path = path.Replace($"{{{parameter!["name"]}}}",
                parameter["schema"]!["type"]!.GetValue<string>() == "integer" ? "[0-9]+" : "[^/]+");
        return new Regex($"^{path}/?$", RegexOptions.NonBacktracking);
    }

    /// <summary>Allows only the named members, and lets references point into <see cref="Root"/>.</summary>
    private static JsonNode? Closed(JsonNode? node)
    {
        if (node is JsonArray list)
            foreach (var part in list) Closed(part);
        if (node is not JsonObject schema) return node;
        if (schema["$ref"]?.GetValue<string>() is { } reference)
            schema["$ref"] = $"{Root}#/$defs/{reference.Split('/')[^1]}";
        if (schema["properties"] is JsonObject && schema["type"] is JsonValue) schema["additionalProperties"] = false;
        foreach (var (name, part) in schema)
            if (name != "examples") Closed(part);
        return schema;
    }
}
