using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Pacil.Data;

namespace Pacil.Tests.Support;

/// <summary>A place for data that nothing else uses: a folder, and a database on the server where that is asked for.</summary>
internal sealed class TestPlace : IAsyncDisposable
{
    private TestPlace(string folder, string? postgres) => (Folder, Postgres) = (folder, postgres);

    public string Folder { get; }

    /// <summary>A connection string; null: SQLite in the folder.</summary>
    public string? Postgres { get; }

    /// <summary>What the program is told about it.</summary>
    public string[] Options => Postgres is null ? [] : ["--database", Postgres];

    public static async Task<TestPlace> Make(TestDatabase database) => new(
        Directory.CreateTempSubdirectory("pacil-test-").FullName,
        database == TestDatabase.Postgres ? await CreateDatabase() : null);

    /// <summary>Looks at the data directly, while no program is.</summary>
    public Database Open()
    {
        TypeHandlers.Register();
        var (deadlines, log) = (new Deadlines(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)), NullLogger<Database>.Instance);
        return Postgres is null
            ? new SqliteDatabase(Folder, deadlines, TimeProvider.System, log)
            : new PostgresDatabase(Postgres, direct: null, deadlines, TimeProvider.System, log);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        if (Postgres is null) return;
        await using var server = NpgsqlDataSource.Create(DatabasesAttribute.Server!);
        var name = new NpgsqlConnectionStringBuilder(Postgres).Database;
        await using var drop = server.CreateCommand($"drop database \"{name}\" with (force)");
        await drop.ExecuteNonQueryAsync();
    }

    private static async Task<string> CreateDatabase()
    {
        var name = $"pacil_{Guid.NewGuid():N}";
        await using var server = NpgsqlDataSource.Create(DatabasesAttribute.Server!);
        await using var create = server.CreateCommand($"create database \"{name}\"");
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(DatabasesAttribute.Server) { Database = name, MaxPoolSize = 20 }.ToString();
    }
}
