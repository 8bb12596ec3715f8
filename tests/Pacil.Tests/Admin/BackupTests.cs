using Pacil.Tests.Support;

namespace Pacil.Tests.Admin;

/// <summary>Backups by the real program, while it serves and while it does not.</summary>
public sealed class BackupTests
{
    [Theory, Databases]
    public async Task A_restored_backup_is_a_new_history_that_followers_are_told_of(TestDatabase database)
    {
        await using var place = await TestPlace.Make(database);
        await using var pacil = await PacilProcess.Start(place.Folder, place.Options);
        var ana = await pacil.SignIn("ana");
        await ana.CreateItem("Kept");
        var file = Path.Combine(place.Folder, "monday.backup");
        string[] options = ["--data", place.Folder, .. place.Options];

        (await PacilProcess.Command("", ["backup", file, .. options])).Code.ShouldBe(0);
        (await PacilProcess.Command("", ["backup", file, .. options])).ShouldSatisfyAllConditions(
            second => second.Code.ShouldBe(2), second => second.Output.ShouldContain("is there already"));
        await ana.CreateItem("After the backup");
        var cursor = (await ana.Get("/api/items")).Header("Feed-Cursor");
        var (refused, why) = await PacilProcess.Command("", ["restore", file, .. options]);
        (refused, why.Contains("stop")).ShouldBe((2, true), why);
        (await ana.Names("/api/items")).ShouldBe(["Kept", "After the backup"]);

        (await pacil.Terminate()).ShouldBe(0);
        var (code, said) = await PacilProcess.Command("", ["restore", file, .. options]);
        code.ShouldBe(0, said);
        await pacil.Restart();
        (await ana.Names("/api/items")).ShouldBe(["Kept"]);
        foreach (var transport in Enum.GetValues<Transport>())
        {
            await using var reader = await FeedReader.Open(ana, transport, $"after={cursor}");
            (await reader.Next("reset")).Data.GetProperty("reason").GetString().ShouldBe("epoch_changed");
        }
        await ana.CreateItem("And on");
        (await ana.Names("/api/search?q=and")).ShouldBe(["And on"]);
    }

    [Theory, Databases]
    public async Task What_is_no_backup_is_refused_and_nothing_is_lost(TestDatabase database)
    {
        await using var place = await TestPlace.Make(database);
        await using var pacil = await PacilProcess.Start(place.Folder, place.Options);
        var ana = await pacil.SignIn("ana");
        await ana.CreateItem("Kept");
        await pacil.Terminate();
        var file = Path.Combine(place.Folder, "holiday.jpg");
        await File.WriteAllTextAsync(file, "not a database", TestContext.Current.CancellationToken);

        foreach (var wrong in new[] { file, Path.Combine(place.Folder, "nothing") })
            (await PacilProcess.Command("", ["restore", wrong, "--data", place.Folder, .. place.Options])).Code.ShouldBe(2);
        await pacil.Restart();
        (await ana.Names("/api/items")).ShouldBe(["Kept"]);
    }
}
