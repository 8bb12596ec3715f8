using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Pacil.Data;
using Pacil.Tests.Chat;
using Pacil.Tests.Support;

namespace Pacil.Tests.Golden;

/// <summary>
/// Opens the stored data of each release, as a SQLite file and as a dump of PostgreSQL, migrates it, and checks that
/// everything reads as before and can be changed. <c>data/NAME.json</c> contains the expected content: the log entries,
/// the state, two feed cursors that the release issued, and the number of entries between the two cursors. The
/// passwords and keys in the data are used only by tests.
/// </summary>
public sealed class DataGoldenTests
{
    /// <summary>
    /// The migration number of the newest data files. With <c>PACIL_TEST_GOLDEN=write</c>, the test writes these files
    /// if they do not exist yet. The test never overwrites existing files.
    /// </summary>
    private const string Newest = "0016";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, TestDatabase> Releases
    {
        get
        {
            var releases = new TheoryData<string, TestDatabase>();
            foreach (var file in Directory.EnumerateFiles(GoldenFile.Path("data"), "*.gz").Select(Path.GetFileName)
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
        await using var app = await TestApp.Start(database, prepare: place => Restore(place, release));
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
        var (all, _, _) = await StoryReading.Poll(ana, "start");
        foreach (var (feed, entries) in golden["entries"]!.AsObject().Where(feed => feed.Key != "administration"))
            GoldenFile.Compare($"{release}, feed {feed}", entries,
                new JsonArray([.. all[feed].Select(entry => entry.DeepClone())]));
    }

    /// <summary>New ids follow the old ids, the search index is complete, and old entries can be undone.</summary>
    [Theory, MemberData(nameof(Releases))]
    public async Task The_data_of_a_release_can_be_changed(string release, TestDatabase database)
    {
        await using var app = await TestApp.Start(database, prepare: place => Restore(place, release));
        var ana = app.Stranger();
        await ana.SignInAs("ana");
        var shelf = await ana.Get("/api/w/10/items/1");
        (await ana.Names("/api/w/10/search?q=etagere")).ShouldBe([StoryOfItems.ShelfName]);

        var created = await ana.Post("/api/w/10/items", new { name = "Made by a newer program" });
        created.Status.ShouldBe(201, created.Text);
        (await ana.Names("/api/w/10/search?q=newer")).ShouldBe(["Made by a newer program"]);

        (await ana.Patch("/api/w/10/items/1", new { name = "Renamed" }, ("If-Match", shelf.Header("ETag")!)))
            .Status.ShouldBe(200);
        (await ana.Names("/api/w/10/search?q=etagere")).ShouldBeEmpty();
        (await ana.Names("/api/w/10/search?q=renamed")).ShouldBe(["Renamed"]);

        var taken = (await ana.Get("/api/w/10/items/1/history?kind=stock_moved&limit=200")).Json.EnumerateArray()
            .Single(entry => entry.GetProperty("data").GetProperty("movement").Number("delta") == -26);
        var undone = await ana.Post($"/api/w/10/entries/{taken.Number("seq")}/undo");
        undone.Status.ShouldBe(200, undone.Text);
        (await ana.Get("/api/w/10/items/1")).Json.Number("amount").ShouldBe(shelf.Json.Number("amount") + 26);
    }

    /// <summary>A new table needs a step in the story, so that the data of the next release has rows of it.</summary>
    [Theory, Databases]
    public async Task The_story_fills_every_table(TestDatabase database)
    {
        var story = await Story.On(database);
        var tables = await story.App.Database.Read(connection => connection.Query<string>(
            connection.Dialect.Pick(
                sqlite: "select name from pragma_table_list where type = 'table' and name not like 'sqlite_%'",
                postgres: "select table_name from information_schema.tables where table_schema = 'public'")),
            Cancellation);
        tables.Count.ShouldBeGreaterThan(20);

        var empty = new List<string>();
        foreach (var table in tables)
            if (await story.App.Database.Read(
                connection => connection.First<long>($"select count(*) from {table}"), Cancellation) == 0)
                empty.Add(table);
        // An entry leaves the queue of notifications when it is delivered.
        empty.ShouldBe(["notification_due"]);
    }

    [Theory, Databases]
    public async Task The_data_of_the_newest_release_is_kept(TestDatabase database)
    {
        if (GoldenFile.IsWriting && !File.Exists(DataFile(Newest, database))) await Write(database);
        File.Exists(DataFile(Newest, database)).ShouldBeTrue("PACIL_TEST_GOLDEN=write writes it");
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
        await File.WriteAllTextAsync(json, JsonLines.Text(golden), Cancellation);
        await using var file = File.Create(DataFile(Newest, database));
        await using var packed = new GZipStream(file, CompressionLevel.SmallestSize);
        await packed.WriteAsync(story.App.Postgres is { } postgres
            ? Encoding.UTF8.GetBytes(await PostgresDump.Write(postgres))
            : await CopySqlite(story.App.Folder), Cancellation);
        Assert.Fail($"{DataFile(Newest, database)} is written.");
    }

    /// <summary>The SQLite file, without free pages and with all that is still in the write-ahead log.</summary>
    private static async Task<byte[]> CopySqlite(string folder)
    {
        var (database, copy) = (Path.Combine(folder, "pacil.db"), Path.Combine(folder, "copy.db"));
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "vacuum into $copy";
        command.Parameters.AddWithValue("$copy", copy);
        await command.ExecuteNonQueryAsync(Cancellation);
        return await File.ReadAllBytesAsync(copy, Cancellation);
    }

    private static async Task Restore(DataFixture place, string release)
    {
        await using var file = File.OpenRead(
            DataFile(release, place.Postgres is null ? TestDatabase.Sqlite : TestDatabase.Postgres));
        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        if (place.Postgres is { } postgres)
        {
            using var text = new StreamReader(unpacked);
            await PostgresDump.Restore(postgres, await text.ReadToEndAsync(Cancellation));
            return;
        }
        await using var database = File.Create(Path.Combine(place.Folder, "pacil.db"));
        await unpacked.CopyToAsync(database, Cancellation);
    }

    private static string DataFile(string release, TestDatabase database) =>
        GoldenFile.Path($"data/{release}.{(database == TestDatabase.Sqlite ? "sqlite" : "postgres")}.gz");
}
