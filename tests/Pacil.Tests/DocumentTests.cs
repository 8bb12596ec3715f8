using System.Text.RegularExpressions;
using Pacil.Tests.Support;

namespace Pacil.Tests;

/// <summary>
/// Links in the documents point to existing files, and a translated document has the same content as its original.
/// </summary>
public sealed partial class DocumentTests
{
    private static readonly string[] AtTheRoot =
        ["README.md", "ARCHITECTURE.md", "STYLE.md", "GLOSSARY.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"];

    [Fact]
    public void Every_link_leads_to_a_file()
    {
        var documents = Repository.Files("docs", "md").Concat(AtTheRoot.Select(path => (Path: path, Text: Read(path))));
        var links = documents.SelectMany(document => Links(document.Text).Select(link => (document.Path, Link: link)))
            .ToList();
        links.Count.ShouldBeGreaterThan(100);

        links.Where(link => !Exists(link.Path, link.Link)).Select(link => $"{link.Path}: {link.Link}").ShouldBeEmpty();
    }

    [Fact]
    public void The_guide_to_ajax_says_the_same_in_both_languages()
    {
        var (english, indonesian) = (Read("docs/ajax.md"), Read("docs/ajax.id.md"));
        Headings(english).Count.ShouldBeGreaterThan(10);
        Headings(indonesian).ShouldBe(Headings(english));
        Elsewhere(indonesian).ShouldBe(Elsewhere(english));
        Examples(english).Count.ShouldBe(4);
        Examples(indonesian).ShouldBe(Examples(english));
    }

    /// <summary>
    /// In these documents, each table row describes a guarantee. The last column must name an existing test of that
    /// guarantee.
    /// </summary>
    [Theory]
    [InlineData("docs/operating/limits.md")]
    [InlineData("docs/security.md")]
    public void Every_promise_names_a_test_that_there_is(string document)
    {
        var rows = Read(document).Split('\n')
            .Where(line => line.StartsWith("| ") && !line.TrimEnd(' ', '|').EndsWith(" test")).ToList();
        rows.Count.ShouldBeGreaterThan(15);
        var tests = typeof(DocumentTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}")).ToHashSet();

        foreach (var row in rows)
        {
            var named = Test().Matches(row.TrimEnd(' ', '|').Split('|')[^1])
                .Select(match => match.Groups["test"].Value).ToList();
            named.ShouldNotBeEmpty(row);
            named.Except(tests).ShouldBeEmpty(row);
        }
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static bool Exists(string document, string link) =>
        Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, link));

    /// <summary>The links that point into this repository, without their anchors.</summary>
    private static IEnumerable<string> Links(string text) => Link().Matches(Code().Replace(text, ""))
        .Select(match => match.Groups["to"].Value)
        .Where(to => !to.Contains("://") && !to.StartsWith('#'))
        .Select(to => to.Split('#')[0]);

    /// <summary>All links except those between the two translations of a document.</summary>
    private static List<string> Elsewhere(string text) =>
        [.. Links(text).Where(to => to is not ("ajax.md" or "ajax.id.md")).Order(StringComparer.Ordinal)];

    /// <summary>The level of each heading, in document order.</summary>
    private static List<int> Headings(string text) =>
        [.. Code().Replace(text, "").Split('\n').Where(line => line.StartsWith('#')).Select(line => line.IndexOf(' '))];

    /// <summary>The code blocks, except Mermaid diagrams.</summary>
    private static List<string> Examples(string text) =>
        [.. Code().Matches(text).Select(match => match.Value).Where(code => !code.StartsWith("```mermaid"))];

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"`(?<test>\w+Tests\.\w+)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Test();
}
