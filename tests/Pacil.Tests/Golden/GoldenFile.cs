using System.Text.Json.Nodes;
using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

/// <summary>
/// Compares JSON from the server with the golden files beside the tests. The order of an object's members does not
/// matter, but the order of array elements does. <c>PACIL_TEST_GOLDEN=write</c> writes the files in the source tree and
/// fails the test.
/// </summary>
internal static class GoldenFile
{
    private const int ShownMax = 10;

    private static readonly string Folder = System.IO.Path.Combine(Repository.Root, "tests/Pacil.Tests/Golden/golden");

    public static bool IsWriting { get; } = Environment.GetEnvironmentVariable("PACIL_TEST_GOLDEN") == "write";

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    public static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path(name)))!;

    /// <param name="came">The JSON that the server sent, already scrubbed.</param>
    public static void ShouldMatch(string name, JsonNode came)
    {
        if (IsWriting) Write(name, JsonLines.Text(came));
        Compare(name, Read(name), came);
    }

    /// <param name="came">JSON whose order and escapes matter too.</param>
    public static void ShouldMatchExactly(string name, string came)
    {
        if (IsWriting) Write(name, came);
        came.ShouldBe(File.ReadAllText(Path(name)));
    }

    /// <summary>
    /// If the values differ, fails and shows the JSON paths of the differences with the values there.
    /// </summary>
    /// <param name="mayAdd">Whether the server may send members that are not expected.</param>
    public static void Compare(string name, JsonNode? expected, JsonNode? came, bool mayAdd = false)
    {
        // A JsonNode built in memory does not equal a parsed JsonNode, so the built node is serialized and parsed
        // first.
        var differences = JsonDifference.Between(expected, JsonNode.Parse(came?.ToJsonString() ?? "null"), "$", mayAdd)
            .Take(ShownMax).ToList();
        if (differences.Count > 0) Assert.Fail($"{name} differs:\n{string.Join('\n', differences)}");
    }

    private static void Write(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        Assert.Fail($"{name} is written. Look at what has changed, and run the test again without PACIL_TEST_GOLDEN.");
    }
}
