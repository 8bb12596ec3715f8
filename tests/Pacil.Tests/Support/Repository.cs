namespace Pacil.Tests.Support;

/// <summary>The source tree from which the tests were built.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(Environment.CurrentDirectory);

    /// <summary>The paths and contents of all files under the folder that have one of these extensions.</summary>
    public static List<(string Path, string Text)> Files(string folder, params string[] endings)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(file => endings.Any(ending => file.EndsWith($".{ending}")) && !file.Contains("node_modules"))
            .Select(file => (Path.GetRelativePath(Root, file), File.ReadAllText(file)))
            .ToList();
        files.ShouldNotBeEmpty();
        return files;
    }

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Pacil.slnx"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException(
            "The tests run outside their checkout."));
}
