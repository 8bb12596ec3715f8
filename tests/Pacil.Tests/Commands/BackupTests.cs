using System.Collections.Concurrent;
using Npgsql;
using Pacil.Tests.Support;

namespace Pacil.Tests.Commands;

/// <summary>Backups made by the real executable, with and without a running server.</summary>
public sealed class BackupTests
{
    [Theory, Databases]
    public async Task A_restored_backup_is_a_new_history_that_followers_are_told_of(TestDatabase database)
    {
        await using var place = await DataFixture.Make(database);
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
        await using var place = await DataFixture.Make(database);
        await using var pacil = await PacilProcess.Start(place.Folder, place.Options);
        var ana = await pacil.SignIn("ana");
        await ana.CreateItem("Kept");
        await pacil.Terminate();
        var file = Path.Combine(place.Folder, "holiday.jpg");
        await File.WriteAllTextAsync(file, "not a database", TestContext.Current.CancellationToken);

        foreach (var wrong in new[] { file, Path.Combine(place.Folder, "nothing") })
            (await PacilProcess.Command("", ["restore", wrong, "--data", place.Folder, .. place.Options]))
                .Code.ShouldBe(2);
        await pacil.Restart();
        (await ana.Names("/api/items")).ShouldBe(["Kept"]);
    }

    /// <summary>
    /// The backup file may be on a read-only medium and have any name. The restore creates the data folder.
    /// </summary>
    [Theory, Databases]
    public async Task Where_a_backup_lies_nothing_is_written(TestDatabase database)
    {
        await using var place = await DataFixture.Make(database);
        string[] options = ["--data", Path.Combine(place.Folder, "data"), .. place.Options];
        await using (var pacil = await PacilProcess.Start(Path.Combine(place.Folder, "data"), place.Options))
            await (await pacil.SignIn("ana")).CreateItem("Kept");
        var medium = Directory.CreateDirectory(Path.Combine(place.Folder, "medium"));
        var file = Path.Combine(medium.FullName, "100 % é#1?.backup");
        (await PacilProcess.Command("", ["backup", file, .. options])).Code.ShouldBe(0);
        var written = new ConcurrentQueue<string>();
        using var watcher = new FileSystemWatcher(medium.FullName);
        watcher.Created += (_, change) => written.Enqueue(change.FullPath);
        watcher.Changed += (_, change) => written.Enqueue(change.FullPath);
        watcher.EnableRaisingEvents = true;

        string[] elsewhere = ["--data", Path.Combine(place.Folder, "new"), .. place.Options];
        var (code, said) = await PacilProcess.Command("", ["restore", file, .. elsewhere]);
        code.ShouldBe(0, said);
        written.ShouldBeEmpty();
        await using var again = await PacilProcess.Start(Path.Combine(place.Folder, "new"), place.Options);
        var ana = new Person(again.Address, "127.0.0.1");
        await ana.SignInAs("ana");
        (await ana.Names("/api/items")).ShouldBe(["Kept"]);
    }

    /// <summary>
    /// On a hosted PostgreSQL server, the extensions belong to the hosting service and not to Pacil's database user.
    /// </summary>
    [Fact]
    public async Task What_extensions_the_database_has_need_not_be_ones_own_to_restore()
    {
        Assert.SkipWhen(DatabasesAttribute.Server is null, DatabasesAttribute.None);
        await using var place = await DataFixture.Make(TestDatabase.Postgres);
        await using var owner = NpgsqlDataSource.Create(place.Postgres!);
        var role = $"pacil_{Guid.NewGuid():N}";
        var server = new NpgsqlConnectionStringBuilder(place.Postgres);
        await Sql($"create role {role} login password 'blue'; alter database \"{server.Database}\" owner to {role}; "
            + "create extension pg_trgm; create extension btree_gin");
        var mine = new NpgsqlConnectionStringBuilder(place.Postgres)
        { Username = role, Password = "blue" }.ConnectionString;
        var file = Path.Combine(place.Folder, "monday.backup");
        (await PacilProcess.Command(TestApp.Password, "user", "add", "ana", "--database", mine)).Code.ShouldBe(0);
        (await PacilProcess.Command("", "backup", file, "--database", mine))
            .ShouldSatisfyAllConditions(done => done.Code.ShouldBe(0, done.Output));
        (await PacilProcess.Command(TestApp.Password, "user", "add", "budi", "--database", mine)).Code.ShouldBe(0);

        (await PacilProcess.Command("", "restore", file, "--database", mine))
            .ShouldSatisfyAllConditions(done => done.Code.ShouldBe(0, done.Output));
        (await PacilProcess.Command("", "user", "admin", "ana", "--database", mine)).Code.ShouldBe(0);
        (await PacilProcess.Command("", "user", "admin", "budi", "--database", mine)).Code.ShouldBe(1);

        await Sql("drop schema public cascade; create schema public authorization " + role
            + "; create extension pg_trgm; create extension btree_gin");
        (await PacilProcess.Command("", "restore", file, "--database", mine))
            .ShouldSatisfyAllConditions(done => done.Code.ShouldBe(0, done.Output));
        (await PacilProcess.Command("", "user", "admin", "ana", "--database", mine)).Code.ShouldBe(0);

        // A restore also works if the extensions are missing. Pacil's database user owns the database, so the restore
        // can create them.
        await Sql("drop schema public cascade; create schema public authorization " + role);
        (await PacilProcess.Command("", "restore", file, "--database", mine))
            .ShouldSatisfyAllConditions(done => done.Code.ShouldBe(0, done.Output));
        (await PacilProcess.Command("", "user", "admin", "ana", "--database", mine)).Code.ShouldBe(0);
        await Sql($"alter database \"{server.Database}\" owner to current_user; "
            + $"reassign owned by {role} to current_user; drop owned by {role}; drop role {role}");

        async Task Sql(string sql)
        {
            await using var command = owner.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
