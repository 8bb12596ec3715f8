using System.Text.Json.Nodes;
using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

/// <summary>
/// What is sent, kept as JSON beside the tests. It is compared parsed: the order of members does not matter, that of
/// elements does. <c>PACIL_TEST_GOLDEN=write</c> writes the files in the source tree and fails the test.
/// </summary>
internal static class GoldenFile
{
    private const int ShownMax = 10;

    private static readonly string Folder = System.IO.Path.Combine(Repository.Root, "tests/Pacil.Tests/Golden/golden");

    public static bool IsWriting { get; } = Environment.GetEnvironmentVariable("PACIL_TEST_GOLDEN") == "write";

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    public static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path(name)))!;

    /// <param name="came">Scrubbed.</param>
    public static void ShouldMatch(string name, JsonNode came)
    {
        if (IsWriting)
        {
            File.WriteAllText(Path(name), JsonLines.Text(came));
            Assert.Fail($"{name} is written. Look at what has changed, and run the test again without PACIL_TEST_GOLDEN.");
        }
        Compare(name, Read(name), came);
    }

    /// <summary>Says where the two differ, what was expected there and what came.</summary>
    public static void Compare(string name, JsonNode? expected, JsonNode? came)
    {
        // Values that were put together here and values that were read compare alike only once they have been text.
        var differences = JsonDifference.Between(expected, JsonNode.Parse(came?.ToJsonString() ?? "null"), "$").Take(ShownMax).ToList();
        if (differences.Count > 0) Assert.Fail($"{name} differs:\n{string.Join('\n', differences)}");
    }
}
