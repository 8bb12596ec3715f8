using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Pacil.Data;
using Pacil.Data.Postgres;
using Pacil.Data.Sqlite;

namespace Pacil.Tests.Support;

/// <summary>Creates a data folder and, for PostgreSQL, a database. Deletes both at the end.</summary>
internal sealed class DataFixture : IAsyncDisposable
{
    private static readonly Lazy<NpgsqlDataSource> Server =
        new(() => PostgresSource.Builder(new(DatabasesAttribute.Server!)).Build());

    /// <summary>
    /// The name of a migrated PostgreSQL database. New test databases are copies of it, so that the migrations run only
    /// one time.
    /// </summary>
    private static readonly Lazy<Task<string>> Template = new(async () =>
    {
        var template = await CreateDatabase();
        await using var database = Open(folder: "", template);
        await database.Migrate(CancellationToken.None);
        return new NpgsqlConnectionStringBuilder(template).Database!;
    });

    private DataFixture(string folder, string? postgres) => (Folder, Postgres) = (folder, postgres);

    public string Folder { get; }

    /// <summary>The connection string of PostgreSQL. Null means SQLite in the folder.</summary>
    public string? Postgres { get; }

    /// <summary>The server's command-line options for this database.</summary>
    public string[] Options => Postgres is null ? [] : ["--database", Postgres];

    /// <param name="isEmpty">If false, the PostgreSQL database is already migrated.</param>
    public static async Task<DataFixture> Make(TestDatabase database, bool isEmpty = true) => new(
        Directory.CreateTempSubdirectory("pacil-test-").FullName,
        database != TestDatabase.Postgres ? null
        : isEmpty ? await CreateDatabase()
        : await Copy(await Template.Value));

    /// <summary>Opens the database directly, with or without a running server.</summary>
    public Database Open() => Open(Folder, Postgres);

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        if (Postgres is null) return;
        var name = new NpgsqlConnectionStringBuilder(Postgres).Database;
        await using var drop = Server.Value.CreateCommand($"drop database \"{name}\" with (force)");
        await drop.ExecuteNonQueryAsync();
    }

    private static Database Open(string folder, string? postgres)
    {
        TypeHandlers.Register();
        var (deadlines, log) =
            (new Deadlines(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)), NullLogger<Database>.Instance);
        return postgres is null
            ? new SqliteDatabase(folder, deadlines, TimeProvider.System, log)
            : new PostgresDatabase(postgres, direct: null, writers: 4, deadlines, TimeProvider.System, log);
    }

    private static async Task<string> Copy(string template)
    {
        var copy = await CreateDatabase(template);
        await using var source = PostgresSource.Builder(new(copy) { Pooling = false }).Build();
        await using var renew = source.CreateCommand("update meta set epoch = $1");
        renew.Parameters.AddWithValue(Migrations.NewEpoch());
        await renew.ExecuteNonQueryAsync();
        return copy;
    }

    private static async Task<string> CreateDatabase(string template = "template1")
    {
        var name = $"pacil_{Guid.NewGuid():N}";
        // The default strategy writes the whole copy to the write-ahead log, which takes three times as long.
        await using var create = Server.Value.CreateCommand(
            $"create database \"{name}\" template \"{template}\" strategy = file_copy");
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(DatabasesAttribute.Server)
        { Database = name, MaxPoolSize = 20 }.ToString();
    }
}
