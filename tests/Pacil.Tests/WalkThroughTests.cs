using System.Text.RegularExpressions;
using Pacil.Tests.Support;

namespace Pacil.Tests;

/// <summary>
/// The walk-throughs of CONTRIBUTING.md name every file to touch. Each follows a model that exists: a field, an event,
/// a page. So every source file that names the model must be in the walk-through, and every file of the walk-through
/// must exist, except those that it tells the reader to create.
/// </summary>
public sealed partial class WalkThroughTests
{
    private const string Self = "tests/Pacil.Tests/WalkThroughTests.cs";

    [Theory]
    [InlineData("Add a field to an item", @"\b[Uu]nit\b|UnitLength|data-unit", @"new ItemDetails\(", "supplier", 20)]
    [InlineData("Add an event", "RoomRenamed|room_renamed", "RoomRenamed", "Inspect", 6)]
    [InlineData("Add a page", @"/activity\b", @"""/activity"", ""/", "Shopping", 3)]
    public void It_names_every_file_of_its_model(
        string title, string model, string modelInTests, string example, int filesMin)
    {
        var named = Named(title).Where(path => !path.Contains(example)).ToList();
        var touched = Having(model, Repository.Files("src/Pacil", "cs", "cshtml", "js", "resx", "sql"))
            .Concat(Having(model, Repository.Files("bench", "cs")))
            .Concat(Having(modelInTests, Repository.Files("tests", "cs"))).Except([Self]).ToList();
        touched.Count.ShouldBeGreaterThanOrEqualTo(filesMin);

        touched.Except(named).ShouldBeEmpty("CONTRIBUTING.md does not name them.");
        named.Where(path => !File.Exists(Path.Combine(Repository.Root, path))).ShouldBeEmpty();
    }

    private static IEnumerable<string> Having(string model, IEnumerable<(string Path, string Text)> files) => files
        .Where(file => Regex.IsMatch(file.Text, model, RegexOptions.None, TimeSpan.FromSeconds(1)))
        .Select(file => file.Path);

    /// <summary>The files that a section names. A path without a folder of the repository is in src/Pacil.</summary>
    private static List<string> Named(string title)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md"));
        var section = text.Split($"\n## {title}\n")[1].Split("\n## ")[0];
        return
        [
            .. FileName().Matches(section).Select(match => match.Groups["path"].Value).Distinct()
                .Select(path => path.Split('/')[0] is "tests" or "bench" or "docs" or "src" || !path.Contains('/')
                    ? path
                    : $"src/Pacil/{path}"),
        ];
    }

    [GeneratedRegex(@"`(?<path>[\w./-]+\.(cs|cshtml|js|resx|sql|css|svg|md))`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileName();
}
