using System.Text.RegularExpressions;
using Pacil.Tests.Support;

namespace Pacil.Tests.Architecture;

/// <summary>
/// The rules of STYLE.md and ARCHITECTURE.md that a program can check. Each test first asserts that it has found enough
/// files, lines or names to check.
/// </summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] CodeFolders = ["src/Pacil", "tests", "bench"];

    [Fact]
    public void Files_stay_readable_at_a_glance()
    {
        var files = Repository.Files("src/Pacil", "cs", "js");
        foreach (var (path, text) in files) text.Split('\n').Length.ShouldBeLessThanOrEqualTo(151, path);
        var sizes = files.Select(file => file.Text.Split('\n').Length).Order().ToList();
        sizes[sizes.Count / 2].ShouldBeLessThanOrEqualTo(60);
    }

    [Fact]
    public void Lines_fit_beside_each_other_on_a_screen()
    {
        var lines = CodeFolders.SelectMany(folder => Repository.Files(folder, "cs", "cshtml", "js", "css"))
            .SelectMany(file => file.Text.Split('\n').Select((line, n) => (At: $"{file.Path}:{n + 1}", line.Length)))
            .ToList();
        lines.Count.ShouldBeGreaterThan(50_000);
        lines.Where(line => line.Length > 120).Select(line => line.At).ShouldBeEmpty();
    }

    [Fact]
    public void Folders_are_small_enough_to_guess_right_in()
    {
        var folders = CodeFolders.SelectMany(folder => Repository.Files(folder, "cs", "cshtml", "js", "css"))
            .GroupBy(file => Path.GetDirectoryName(file.Path)!)
            .ToDictionary(folder => folder.Key, folder => folder.Count());
        folders.Count.ShouldBeGreaterThan(40);
        folders.Where(folder => folder.Value > 26).ShouldBeEmpty();
    }

    [Fact]
    public void Namespaces_are_folders()
    {
        foreach (var (path, text) in Repository.Files("src/Pacil", "cs")
            .Where(file => file.Text.Contains("namespace ")))
        {
            var folder = Path.GetDirectoryName(Path.GetRelativePath("src", path))!.Replace('/', '.');
            text.ShouldContain($"namespace {folder};", Case.Sensitive, path);
        }
    }

    [Fact]
    public void Only_the_database_opens_connections_and_only_writes_change_anything()
    {
        foreach (var (path, text) in Sources().Where(file => !file.Path.Contains("/Data/")))
        {
            text.ShouldNotContain("SqliteConnection", Case.Sensitive, path);
            text.ShouldNotContain("NpgsqlConnection", Case.Sensitive, path);
            text.ShouldNotContain("BeginTransaction", Case.Sensitive, path);
        }
        // Only one type writes entries.
        Sources().Where(file => file.Text.Contains("into entry")).Select(file => Path.GetFileName(file.Path))
            .ShouldBe(["EntryStore.cs"]);
    }

    [Fact]
    public void Functions_of_ours_have_no_async_suffix()
    {
        var ours = typeof(Pacil.Data.Database).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Pacil") is true && !type.Name.Contains('<'))
            .SelectMany(type => type.GetMethods(DeclaredHere).Where(method => !Implements(type, method)))
            .Where(method => !method.Name.Contains('<') && !method.Name.Contains('.')).ToList();
        ours.Count.ShouldBeGreaterThan(200);

        // ASP.NET Core finds BindAsync by its name.
        ours.Select(method => method.Name).Where(name => name.EndsWith("Async") && name != "BindAsync").ShouldBeEmpty();
    }

    [Fact]
    public void Every_setting_is_explained()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs/operating/settings.md"));
        var settings = typeof(Pacil.Web.Hosting.Settings).GetProperties()
            .Where(property => property.SetMethod is not null).ToList();
        settings.Count.ShouldBeGreaterThan(10);
        foreach (var setting in settings)
            document.ShouldContain($"`PACIL_{Words().Replace(setting.Name, "_$0").TrimStart('_').ToUpperInvariant()}`");
    }

    [Fact]
    public void The_map_is_short_and_names_every_slice()
    {
        var map = File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md"));
        map.Split('\n').Length.ShouldBeLessThanOrEqualTo(150);
        foreach (var slice in Sources().Select(file => Slice(file.Path)).OfType<string>().Distinct())
            map.ShouldContain($"`{slice}/`");
    }

    [Fact]
    public void Who_allows_less_than_ten_seconds_or_measures_the_memory_of_the_process_runs_alone()
    {
        var strict = Repository.Files("tests/Pacil.Tests", "cs").Where(file => Strict().IsMatch(file.Text)).ToList();
        strict.Count.ShouldBeGreaterThan(1);
        strict.Where(file => !file.Text.Contains("[Collection<SerialTests>]"))
            .Select(file => file.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Comments_use_plain_words()
    {
        var comments = CodeFolders.SelectMany(folder => Repository.Files(folder, "cs", "js"))
            .SelectMany(file => Comment().Matches(file.Text).Select(comment => $"{file.Path}: {comment.Value.Trim()}"))
            .ToList();
        comments.Count.ShouldBeGreaterThan(1000);
        comments.Where(comment => FormalWord().IsMatch(comment)).ShouldBeEmpty();
    }

    [Fact]
    public void Documents_and_texts_of_pages_use_plain_words()
    {
        var lines = Repository.Files("docs", "md").Concat(Repository.Files("src/Pacil", "resx"))
            .Concat(Directory.GetFiles(Repository.Root, "*.md")
                .Select(file => (Path: Path.GetFileName(file), Text: File.ReadAllText(file))))
            .SelectMany(file => file.Text.Split('\n').Select(line => $"{file.Path}: {line.Trim()}"))
            .ToList();
        lines.Count.ShouldBeGreaterThan(2000);
        lines.Where(line => FormalWord().IsMatch(line)).ShouldBeEmpty();
    }

    [Fact]
    public void Types_of_the_foundations_say_what_they_are()
    {
        var files = Sources()
            .Where(file => Slice(file.Path) is "Data" or "Web" or "Log" or "Streaming" && file.Path.EndsWith(".cs"))
            .ToList();
        files.Count.ShouldBeGreaterThan(30);
        foreach (var (path, text) in files)
            foreach (Match declaration in Declaration().Matches(text))
                text[..declaration.Index].TrimEnd().Split('\n')[^1].Trim()
                    .ShouldMatch(@"^(///|\[)", $"{path}: {declaration.Value.Trim()}");
    }

    private const System.Reflection.BindingFlags DeclaredHere =
        System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic
        | System.Reflection.BindingFlags.Instance
        | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.DeclaredOnly;

    private static List<(string Path, string Text)> Sources() => Repository.Files("src/Pacil", "cs", "cshtml");

    private static bool Implements(Type type, System.Reflection.MethodInfo method) =>
        method.GetBaseDefinition() != method
        || type.GetInterfaces().Any(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(method));

    private static string? Slice(string path) => path.Split('/') is ["src", "Pacil", var slice, _, ..]
        && slice != "Properties" ? slice : null;

    [GeneratedRegex(
        @"^\s*(//|/?\*).*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"\b(whoever|whom|anew)\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormalWord();

    [GeneratedRegex(@"ShouldBeLessThan\(TimeSpan\.(FromMilliseconds|FromSeconds\(\d(\.\d+)?\))|GC\.GetTotal",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Strict();

    [GeneratedRegex("[A-Z]", RegexOptions.NonBacktracking)]
    private static partial Regex Words();

    [GeneratedRegex(
        @"^(public|internal) (abstract |sealed |static |readonly |partial )*(class|record|struct|interface|enum) \w+",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration();
}
