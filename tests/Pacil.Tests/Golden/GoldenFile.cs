using System.Text.Json.Nodes;
using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

/// <summary>
/// JSON that the program sends, kept in files beside the tests. Files are compared parsed: the order of members does
/// not matter, the order of elements does. <c>PACIL_TEST_GOLDEN=write</c> writes the files in the source tree and fails
/// the test.
/// </summary>
internal static class GoldenFile
{
    private const int ShownMax = 10;

    private static readonly string Folder = System.IO.Path.Combine(Repository.Root, "tests/Pacil.Tests/Golden/golden");

    public static bool IsWriting { get; } = Environment.GetEnvironmentVariable("PACIL_TEST_GOLDEN") == "write";

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    public static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path(name)))!;

    /// <param name="came">The scrubbed answer.</param>
    public static void ShouldMatch(string name, JsonNode came)
    {
        if (IsWriting)
        {
            File.WriteAllText(Path(name), JsonLines.Text(came));
            Assert.Fail(
                $"{name} is written. Look at what has changed, and run the test again without PACIL_TEST_GOLDEN.");
        }
        Compare(name, Read(name), came);
    }

    /// <summary>Fails with the paths at which the two differ, and both values.</summary>
    public static void Compare(string name, JsonNode? expected, JsonNode? came)
    {
        // Values built in memory and parsed values compare equal only after both have been text.
        var differences = JsonDifference.Between(expected, JsonNode.Parse(came?.ToJsonString() ?? "null"), "$")
            .Take(ShownMax).ToList();
        if (differences.Count > 0) Assert.Fail($"{name} differs:\n{string.Join('\n', differences)}");
    }
}
