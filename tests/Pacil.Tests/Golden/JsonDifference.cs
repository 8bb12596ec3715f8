using System.Text.Json.Nodes;

namespace Pacil.Tests.Golden;

internal static class JsonDifference
{
    public static IEnumerable<string> Between(JsonNode? expected, JsonNode? came, string path) =>
        (expected, came) switch
        {
            (JsonObject one, JsonObject other) => one.Select(member => member.Key)
                .Union(other.Select(member => member.Key))
                .SelectMany(name => Member(one, other, name, $"{path}.{name}")),
            (JsonArray one, JsonArray other) => Length(one, other, path).Concat(
                one.Zip(other).SelectMany((pair, n) => Between(pair.First, pair.Second, $"{path}[{n}]"))),
            _ when JsonNode.DeepEquals(expected, came) => [],
            _ => [$"{path}: expected {JsonLines.Compact(expected)}, came {JsonLines.Compact(came)}"],
        };

    private static IEnumerable<string> Member(JsonObject one, JsonObject other, string name, string path) =>
        !one.TryGetPropertyValue(name, out var expected)
        ? [$"{path}: expected nothing, came {JsonLines.Compact(other[name])}"]
        : !other.TryGetPropertyValue(name, out var came)
        ? [$"{path}: expected {JsonLines.Compact(expected)}, is missing"]
        : Between(expected, came, path);

    private static IEnumerable<string> Length(JsonArray one, JsonArray other, string path) =>
        one.Count == other.Count ? [] : [$"{path}: expected {one.Count} elements, came {other.Count}"];
}
