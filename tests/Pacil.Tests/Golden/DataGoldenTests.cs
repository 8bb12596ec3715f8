using System.Text.Json.Nodes;
using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

/// <summary>
/// Opens the stored data of each release, as a SQLite folder and as a PostgreSQL database, and checks that everything
/// reads as before. <c>data/NAME.json</c> contains the expected content: the log entries, the state, two feed cursors
/// that the release issued, and the number of entries between the two cursors. The passwords and keys in the data are
/// used only by tests.
/// </summary>
public sealed class DataGoldenTests
{
    /// <summary>
    /// The migration number of the newest data files. With <c>PACIL_TEST_GOLDEN=write</c>, the test writes these files
    /// if they do not exist yet. The test never overwrites existing files.
    /// </summary>
    private const string Newest = "0015";

    public static TheoryData<string, TestDatabase> Releases
    {
        get
        {
            var releases = new TheoryData<string, TestDatabase>();
            foreach (var file in Directory.EnumerateFiles(GoldenFile.Path("data"), "*.sql").Select(Path.GetFileName)
                .Order(StringComparer.Ordinal))
            {
                var database = file!.Contains(".sqlite.") ? TestDatabase.Sqlite : TestDatabase.Postgres;
                releases.Add(new TheoryDataRow<string, TestDatabase>(file.Split('.')[0], database)
                {
                    Skip = database == TestDatabase.Postgres
                        && DatabasesAttribute.Server is null ? DatabasesAttribute.None : null,
                });
            }
            return releases;
        }
    }

    [Theory, MemberData(nameof(Releases))]
    public async Task The_data_of_a_release_reads_as_it_did(string release, TestDatabase database)
    {
        var golden = GoldenFile.Read($"data/{release}.json");
        var text = await File.ReadAllTextAsync(Dump(release, database), TestContext.Current.CancellationToken);
        await using var app = await TestApp.Start(database, prepare: place => Restore(place, text));
        var ana = app.Stranger();
        await ana.SignInAs("ana");

        GoldenFile.Compare($"{release}, entries", golden["entries"], await StoryReading.Entries(ana));
        // A later version may answer with further members, such as a new field of an item.
        GoldenFile.Compare($"{release}, state", golden["state"], await StoryReading.State(ana), mayAdd: true);
        var handed = golden["cursors"]![$"{database}"]!;
        var (after, rest, end) = await StoryReading.Poll(ana, $"{handed["middle"]}");
        rest.Select(member => member.Key).ShouldBe(["cursor"], "and no reset");
        end.ShouldBe($"{handed["end"]}");
        var known = golden["entries"]!.AsObject().SelectMany(feed => feed.Value!.AsArray()).ToList();
        after.SelectMany(feed => feed).Count(entry => known.Exists(one => JsonNode.DeepEquals(one, entry)))
            .ShouldBe((int)handed["after"]!);
        after.Sum(feed => feed.Count()).ShouldBe((int)handed["after"]!);

        // The data can also be changed: new ids follow the old ids, and searches find the new item.
        (await ana.Post("/api/w/10/items", new { name = "Made by a newer program" })).Status.ShouldBe(201);
        (await ana.Names("/api/w/10/search?q=newer")).ShouldBe(["Made by a newer program"]);
    }

    [Theory, Databases]
    public async Task The_data_of_the_newest_release_is_kept(TestDatabase database)
    {
        if (GoldenFile.IsWriting && !File.Exists(Dump(Newest, database))) await Write(database);
        File.Exists(Dump(Newest, database)).ShouldBeTrue("PACIL_TEST_GOLDEN=write writes it");
    }

    private static async Task Write(TestDatabase database)
    {
        var story = await Story.On(database);
        var (after, _, end) = await StoryReading.Poll(story.Ana, story.Cursor);
        var json = GoldenFile.Path($"data/{Newest}.json");
        var golden = File.Exists(json) ? GoldenFile.Read($"data/{Newest}.json")
            .AsObject() : new JsonObject { ["cursors"] = new JsonObject() };
        golden["cursors"]![$"{database}"] =
            new JsonObject { ["middle"] = story.Cursor, ["end"] = end, ["after"] = after.Sum(feed => feed.Count()) };
        golden["entries"] = await StoryReading.Entries(story.Ana);
        golden["state"] = await StoryReading.State(story.Ana);
        await File.WriteAllTextAsync(json, JsonLines.Text(golden), TestContext.Current.CancellationToken);
        var text = story.App.Postgres is { } postgres ? await PostgresDump.Write(postgres) : SqliteDump.Write(
            story.App.Folder);
        await File.WriteAllTextAsync(Dump(Newest, database),
            $"-- Written by a test. Every secret in it is a test's.\n{text}", TestContext.Current.CancellationToken);
        Assert.Fail($"{Dump(Newest, database)} is written.");
    }

    private static Task Restore(DataFixture place, string text)
    {
        if (place.Postgres is { } postgres) return PostgresDump.Restore(postgres, text);
        SqliteDump.Restore(place.Folder, text);
        return Task.CompletedTask;
    }

    private static string Dump(string release, TestDatabase database) =>
        GoldenFile.Path($"data/{release}.{(database == TestDatabase.Sqlite ? "sqlite" : "postgres")}.sql");
}
