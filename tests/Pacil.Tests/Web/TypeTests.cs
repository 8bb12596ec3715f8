using System.Text.Json;
using System.Text.RegularExpressions;
using Pacil.Tests.Support;

namespace Pacil.Tests.Web;

/// <summary>The types of the wire format in the browser scripts match the API description.</summary>
public sealed partial class TypeTests
{
    [Fact]
    public async Task The_scripts_know_the_shapes_of_the_api()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var schemas = (await app.Stranger().Get("/openapi/v1.json")).Json.GetProperty("components")
            .GetProperty("schemas");
        var script = File.ReadAllText(Path.Combine(Repository.Root, "src/Pacil/wwwroot/js/core/types.js"));
        var types = Typedef().Matches(script)
            .Where(type => schemas.TryGetProperty(type.Groups["name"].Value, out _)).ToList();
        types.Count.ShouldBeGreaterThan(1);

        foreach (var type in types)
        {
            var described = schemas.GetProperty(type.Groups["name"].Value).GetProperty("properties").EnumerateObject()
                .Select(property => $"{property.Name}: {InScript(property.Value)}");
            var believed = Property().Matches(type.Groups["properties"].Value)
                .Select(property => $"{property.Groups["name"].Value}: {property.Groups["type"].Value}");
            believed.Order().ShouldBe(described.Order(), type.Groups["name"].Value);
        }
    }

    private static string InScript(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? "object"
        : type.ValueKind == JsonValueKind.String ? Word(type.GetString())
        : string.Join(
            " | ", type.EnumerateArray().Select(one => Word(one.GetString())).OrderBy(word => word == "null"));

    private static string Word(string? type) => type == "integer" ? "number" : type ?? "";

    [GeneratedRegex(@"@typedef \{object\} (?<name>\w+)\n(?<properties>(?: \* @property .*\n)+)",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Typedef();

    [GeneratedRegex(@"@property \{(?<type>.+)\} \[?(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Property();
}
