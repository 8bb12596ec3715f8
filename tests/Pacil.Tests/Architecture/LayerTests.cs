using System.Text.RegularExpressions;
using Pacil.Tests.Support;

namespace Pacil.Tests.Architecture;

/// <summary>
/// The layers of ARCHITECTURE.md: a slice uses only slices before it, changes only its own tables, and reads only
/// tables of its own and of slices before it. The tests read the compiled program, so neither a qualified name nor an
/// import of a page hides a use.
/// </summary>
public sealed partial class LayerTests
{
    /// <summary>
    /// The slices in the order in which they may use each other. Slices of one row must not use each other. Two folders
    /// of Identity come after Workspaces, because a new account gets a workspace. "" is src/Pacil itself.
    /// </summary>
    private static readonly string[][] Layers =
    [
        ["Data"],
        ["Web"],
        ["Log"],
        ["Identity"],
        ["Workspaces"],
        ["Identity.Registration", "Identity.Erasure"],
        ["Streaming"],
        ["Items"],
        ["Chat"],
        ["ActivityLog", "Notifications", "Search", "Exchange", "Batch", "Admin", "Drafts"],
        ["Shell"],
        [""],
        ["Commands"],
    ];

    /// <summary>The slice that changes a table, for each table of the schema.</summary>
    private static readonly Dictionary<string, string[]> Tables = new()
    {
        ["Data"] = ["entry", "feed", "meta", "notification_due"],
        ["Web"] = ["idempotency"],
        ["Identity"] =
            ["account", "api_token", "data_protection_key", "session", "sign_in_failure", "sign_in_link"],
        ["Workspaces"] = ["block", "invitation", "member", "workspace"],
        ["Items"] = ["balance", "item", "item_search", "movement", "place", "star"],
        ["Chat"] = ["message", "room", "room_read"],
        ["Notifications"] = ["notification", "notification_muted"],
        ["Drafts"] = ["draft"],
    };

    [Fact]
    public void A_slice_uses_only_slices_before_it()
    {
        foreach (var slice in Layers.SelectMany(row => row).Where(slice => slice != "Data"))
            CompiledCode.Uses.ShouldContain(use => Slice(use.From.Folder) == slice, $"\"{slice}\" uses nothing");
        CompiledCode.Uses.Where(use => !MayUse(use.From.Folder, use.To.Folder))
            .Select(use => $"{use.From} → {use.To}").Distinct().ShouldBeEmpty();
    }

    /// <summary>The compiler replaces constants and <c>nameof</c> by values. Only the text shows these uses.</summary>
    [Fact]
    public void A_slice_names_only_slices_before_it()
    {
        var names = Repository.Files("src/Pacil", "cs", "cshtml").SelectMany(file => FolderName().Matches(file.Text)
            .Select(name => (From: Folder(file.Path), To: name.Groups["folder"].Value, file.Path))).ToList();
        names.Count.ShouldBeGreaterThan(1000);
        names.Where(use => !MayUse(use.From, use.To)).Select(use => $"{use.Path} → {use.To}").ShouldBeEmpty();
    }

    [Fact]
    public void A_page_renders_only_views_of_slices_before_it()
    {
        var views = CompiledCode.Strings.Where(one => one.Text.EndsWith(".cshtml") && one.Text.StartsWith('/'))
            .Select(one => (one.From, To: Path.GetDirectoryName(one.Text)!.Trim('/').Replace('/', '.'))).ToList();
        views.Count.ShouldBeGreaterThan(30);
        views.Where(use => !MayUse(use.From.Folder, use.To)).Select(use => $"{use.From} → {use.To}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_table_belongs_to_a_slice()
    {
        var names = Repository.Files("src/Pacil/Data/migrations", "sql")
            .SelectMany(file => CreatedTable().Matches(file.Text)).Select(table => table.Groups["table"].Value)
            .Where(table => !table.EndsWith("_new") && !table.EndsWith("_old")).Distinct().ToList();
        Tables.Values.SelectMany(tables => tables).Order().ShouldBe(names.Order());
    }

    [Fact]
    public void A_slice_changes_only_its_own_tables()
    {
        var changes = TableUses().Where(use => use.IsChange).ToList();
        // Triggers fill the table of the search index.
        foreach (var table in Tables.Values.SelectMany(tables => tables).Where(table => table != "item_search"))
            changes.ShouldContain(use => use.Table == table, $"nobody changes {table}");
        changes.Where(use => Top(use.From.Folder) != Owner(use.Table))
            .Select(use => $"{use.From} changes {use.Table}").Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void A_slice_reads_only_tables_of_its_own_and_of_slices_before_it()
    {
        var reads = TableUses().Where(use => !use.IsChange).ToList();
        reads.Count.ShouldBeGreaterThan(200);
        reads.Where(use => Top(use.From.Folder) != Owner(use.Table) && !MayUse(use.From.Folder, Owner(use.Table)))
            .Select(use => $"{use.From} reads {use.Table}").Distinct().ShouldBeEmpty();
    }

    /// <summary>If a name came from a variable, the tests of tables would not see it.</summary>
    [Fact]
    public void Sql_names_its_tables()
    {
        CompiledCode.Strings.Count(one => TableUse().IsMatch(one.Text)).ShouldBeGreaterThan(200);
        CompiledCode.Strings.Where(one => UnnamedTable().IsMatch(one.Text))
            .Select(one => $"{one.From}: {one.Text}").ShouldBeEmpty();
    }

    private static IEnumerable<(CompiledCode.Place From, string Table, bool IsChange)> TableUses() =>
        from one in CompiledCode.Strings
        from Match use in TableUse().Matches(one.Text)
        from Capture table in use.Groups["table"].Captures
        where Tables.Values.Any(tables => tables.Contains(table.Value))
        select (one.From, table.Value, IsChange: use.Groups["change"].Success);

    private static string Owner(string table) => Tables.First(slice => slice.Value.Contains(table)).Key;

    private static bool MayUse(string from, string to) =>
        Slice(from) == Slice(to) || Row(Slice(to)) < Row(Slice(from));

    private static int Row(string slice) => Array.FindIndex(Layers, row => row.Contains(slice));

    /// <summary>The slice of a folder: the longest name in <see cref="Layers"/> with which the folder begins.</summary>
    private static string Slice(string folder) => Layers.SelectMany(row => row)
        .Where(slice => folder == slice || folder.StartsWith($"{slice}."))
        .MaxBy(slice => slice.Length) ?? throw new InvalidOperationException($"{folder} is in no layer.");

    private static string Top(string folder) => folder.Split('.')[0];

    private static string Folder(string path) =>
        Path.GetDirectoryName(Path.GetRelativePath("src/Pacil", path))!.Replace('/', '.');

    [GeneratedRegex(@"\bPacil\.(?<folder>[A-Z]\w+(\.(?!cshtml)[A-Z]\w+)*)(?=[;.])",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FolderName();

    [GeneratedRegex(@"^create (virtual )?table (?<table>\w+)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CreatedTable();

    [GeneratedRegex(
        @"\b((?<change>insert into|delete from|update)|from|join)\s+(?<table>\w+)(\s+\w+)?(\s*,\s*(?<table>\w+))*",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TableUse();

    [GeneratedRegex(@"\b(select\b.*\bfrom|join|insert into|delete from)\s+$|^update\s+$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnnamedTable();
}
