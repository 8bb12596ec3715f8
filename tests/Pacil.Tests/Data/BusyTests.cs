using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Pacil.Data;
using Pacil.Tests.Support;
using Pacil.Web.Hosting;

namespace Pacil.Tests.Data;

/// <summary>Another process holds the write lock of the SQLite database for a while.</summary>
public sealed class BusyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reading_goes_on_writing_is_unavailable_and_the_log_tells_no_secret()
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        await using var pacil = await PacilProcess.Start(place.Folder);
        var ana = await pacil.SignIn("ana");
        var link = (await ana.Post("/api/users", new { username = "budi" }))
            .Json.GetProperty("sign_in_link").GetString()!;
        await pacil.Terminate();
        await using var other = await Open(place.Folder);
        // Ana's last request was two days ago, so even a read request must write the time of the session's last use.
        await Run(other, "update session set seen_at = seen_at - 2 * 86400000");
        await pacil.Restart();
        var budi = new Person(pacil.Address, "127.0.0.2");
        await budi.Page(link);
        await Run(other, "begin immediate");

        var (read, written) = (ana.Get("/api/items"), budi.SubmitForm(link, ("password", TestApp.Password)));

        (await read).Status.ShouldBe(200);
        (await written).Status.ShouldBe(503);
        await Run(other, "rollback");
        (await budi.SubmitForm(link, ("password", TestApp.Password))).Status.ShouldBe(303);
        await pacil.Terminate();
        var log = await pacil.Log();
        log.ShouldContain("sign-in/{secret}");
        log.ShouldNotContain(link.Split('/')[^1]);
    }

    [Fact]
    public async Task Who_waits_for_what_another_holds_is_told_together_and_soon()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        await using var other = await Open(app.Services.GetRequiredService<Settings>().Data);
        await using var begin = new SqliteCommand("begin immediate", other);
        await begin.ExecuteNonQueryAsync(Cancellation);
        var watch = Stopwatch.StartNew();
        var writes = Enumerable.Range(0, 20).Select(_ => app.Database.Write(
            Actor.Program, tx => tx.Execute("delete from session where key_hash = x'00'"), Cancellation)).ToList();
        foreach (var write in writes) await Should.ThrowAsync<DatabaseUnavailable>(write);
        // The first write fails after one busy timeout. All writes queued behind it fail together after one more busy
        // timeout.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    /// <summary>Opens the database file as another process would.</summary>
    private static async Task<SqliteConnection> Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "pacil.db")};Pooling=False");
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private static async Task Run(SqliteConnection connection, string statement)
    {
        await using var command = new SqliteCommand(statement, connection);
        (await command.ExecuteNonQueryAsync(Cancellation)).ShouldNotBe(0);
    }
}
