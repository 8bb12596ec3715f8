using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pacil.Tests.Golden;

/// <summary>Formats JSON for readable diffs: a value that fits into a line stays on one line.</summary>
internal static class JsonLines
{
    private const int LineMax = 160;

    private static readonly JsonSerializerOptions Plain = new()
    { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode? node) => Lines(node, "") + "\n";

    public static string Compact(JsonNode? node) => node?.ToJsonString(Plain) ?? "null";

    private static string Lines(JsonNode? node, string indent)
    {
        var line = Compact(node);
        if (indent.Length + line.Length <= LineMax) return line;
        var deeper = indent + "  ";
        return node switch
        {
            JsonObject members when members.Count > 0 => Block('{', '}', members.Select(member =>
                $"{Compact(JsonValue.Create(member.Key))}: {Lines(member.Value, deeper)}")),
            JsonArray elements when elements.Count > 0 =>
                Block('[', ']', elements.Select(element => Lines(element, deeper))),
            _ => line,
        };

        string Block(char open, char close, IEnumerable<string> parts) =>
            $"{open}\n{deeper}{string.Join($",\n{deeper}", parts)}\n{indent}{close}";
    }
}
