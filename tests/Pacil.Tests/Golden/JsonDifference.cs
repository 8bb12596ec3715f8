using System.Text.Json.Nodes;

namespace Pacil.Tests.Golden;

internal static class JsonDifference
{
    /// <param name="mayAdd">Whether objects may have members that are not expected.</param>
    public static IEnumerable<string> Between(JsonNode? expected, JsonNode? came, string path, bool mayAdd) =>
        (expected, came) switch
        {
            (JsonObject one, JsonObject other) => one.Select(member => member.Key)
                .Union(mayAdd ? [] : other.Select(member => member.Key))
                .SelectMany(name => Member(one, other, name, $"{path}.{name}", mayAdd)),
            (JsonArray one, JsonArray other) => Length(one, other, path).Concat(
                one.Zip(other).SelectMany((pair, n) => Between(pair.First, pair.Second, $"{path}[{n}]", mayAdd))),
            _ when JsonNode.DeepEquals(expected, came) => [],
            _ => [$"{path}: expected {JsonLines.Compact(expected)}, came {JsonLines.Compact(came)}"],
        };

    private static IEnumerable<string> Member(
        JsonObject one, JsonObject other, string name, string path, bool mayAdd) =>
        !one.TryGetPropertyValue(name, out var expected)
        ? [$"{path}: expected nothing, came {JsonLines.Compact(other[name])}"]
        : !other.TryGetPropertyValue(name, out var came)
        ? [$"{path}: expected {JsonLines.Compact(expected)}, is missing"]
        : Between(expected, came, path, mayAdd);

    private static IEnumerable<string> Length(JsonArray one, JsonArray other, string path) =>
        one.Count == other.Count ? [] : [$"{path}: expected {one.Count} elements, came {other.Count}"];
}
