using System.Text;
using Pacil.Tests.Chat;
using Pacil.Tests.Support;

namespace Pacil.Tests.Data.Sqlite;

/// <summary>
/// Runs the server with the system's SQLite library and with the bundled library. bin/test also runs many other tests
/// with each library.
/// </summary>
public sealed class SqliteLibraryTests
{
    private const string Secret = "the door code is 4711";

    [Theory]
    [InlineData("", "/libsqlite3.so")]
    [InlineData("bundled", "/libe_sqlite3.so")]
    public async Task What_is_deleted_is_in_no_file_any_more(string choice, string library)
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        await using var pacil = await Start(choice, place.Folder);
        (await File.ReadAllTextAsync($"/proc/{pacil.Id}/maps", TestContext.Current.CancellationToken))
            .ShouldContain(library);
        var ana = await pacil.SignIn("ana");
        // The first message is short. The second message fills nearly a whole page of the SQLite file.
        var messages = new List<long> { (await ana.Say(Secret)).Number("id"),
            (await ana.Say(string.Concat(Enumerable.Repeat($"{Secret} ", 180)))).Number("id") };
        await ana.Say("Harmless");
        await pacil.Terminate();
        (await InFiles(place.Folder)).ShouldBeGreaterThan(180);

        await pacil.Restart();
        foreach (var message in messages)
            (await ana.Delete($"/api/rooms/lobby/messages/{message}")).Status.ShouldBe(200);
        (await pacil.Terminate()).ShouldBe(0);

        (await InFiles(place.Folder)).ShouldBe(0);
    }

    [Theory]
    [InlineData("", "bundled")]
    [InlineData("bundled", "")]
    public async Task What_was_written_with_one_is_read_and_changed_with_the_other(string first, string second)
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        var (data, file) = (Path.Combine(place.Folder, "data"), Path.Combine(place.Folder, "monday.backup"));
        var before = new List<string>();
        await using (var pacil = await Start(first, data))
        {
            var ana = await pacil.SignIn("ana");
            await ana.CreateItem("Łata M10", 7);
            await ana.CreateItem("東京 \"M2\" 🔩", 3);
            (await ana.Post("/api/items/2/movements", new { delta = -1 })).Status.ShouldBe(201);
            await ana.Say("Hello");
            before = await Everything(ana);
            (await PacilProcess.Command(("PACIL_TEST_SQLITE", first), "backup", file, "--data", data)).Code.ShouldBe(0);
            await pacil.Terminate();
        }
        await using (var pacil = await Start(second, data))
        {
            var ana = await SignIn(pacil);
            (await Everything(ana)).ShouldBe(before);
            (await ana.Post("/api/items/bulk", new { filter = new { search = "m" }, change = new { delta = 5 } }))
                .Status.ShouldBe(200);
            (await ana.Post("/api/items/2/movements", new { delta = -8 })).ShouldBeProblem(409, "insufficient_stock");
            await ana.CreateItem("Łódź M3");
            (await ana.Names("/api/items?sort=name&search=l")).ShouldBe(["Łata M10", "Łódź M3"]);
            (await ana.Names("/api/search?q=lodz")).ShouldBe(["Łódź M3"]);
            (await ana.Names("/api/search?q=京")).ShouldBe(["東京 \"M2\" 🔩"]);
            await pacil.Terminate();
        }
        (await PacilProcess.Command(("PACIL_TEST_SQLITE", second), "restore", file, "--data", data)).Code.ShouldBe(0);
        await using var restored = await Start(first, data);
        (await Everything(await SignIn(restored))).ShouldBe(before);
    }

    private static Task<PacilProcess> Start(string choice, string folder) =>
        PacilProcess.Start(("PACIL_TEST_SQLITE", choice), folder);

    private static async Task<Person> SignIn(PacilProcess pacil)
    {
        var ana = new Person(pacil.Address, "127.0.0.1");
        await ana.SignInAs("ana");
        return ana;
    }

    private static async Task<List<string>> Everything(Person ana)
    {
        var answers = new List<string>();
        foreach (var path in new[]
                 {
                     "/api/items?sort=name", "/api/items/1", "/api/items/2/movements", "/api/entries",
                     "/api/rooms/lobby/messages", "/json"
                 })
        {
            var answer = await ana.Get(path);
            answer.Status.ShouldBe(200, path);
            answers.Add(answer.Text);
        }
        return answers;
    }

    /// <summary>Counts how many times the secret occurs in the files of the folder.</summary>
    private static async Task<int> InFiles(string folder)
    {
        var count = 0;
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var text = Encoding.Latin1.GetString(
                await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            count += text.Split("door code is 4711").Length - 1;
        }
        return count;
    }
}
