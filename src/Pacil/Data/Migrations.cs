using System.Reflection;
using System.Text.RegularExpressions;

namespace Pacil.Data;

/// <summary>
/// The schema, in numbered steps: <c>migrations/0001_name.sqlite.sql</c> beside <c>0001_name.postgres.sql</c>.
/// What has landed is never edited; a change is a new step. Each database remembers the last one it took.
/// </summary>
internal static partial class Migrations
{
    /// <returns>The database's epoch.</returns>
    /// <exception cref="InvalidOperationException">The database was written by a newer program.</exception>
    public static async Task<string> Apply(WriteTransaction tx)
    {
        var steps = Steps(tx.Dialect);
        var current = await Current(tx);
        if (current > steps.Count)
            throw new InvalidOperationException(
                $"The database has schema {current}, but this program knows {steps.Count} at most. Run a newer Pacil.");
        for (var step = current; step < steps.Count; step++) await tx.Execute(steps[step], file: "migrations");
        if (current == 0)
            await tx.Execute(
                "insert into meta (epoch, schema) values (@Epoch, @Schema)",
                new { Epoch = NewEpoch(), Schema = steps.Count });
        else if (current < steps.Count)
            await tx.Execute("update meta set schema = @Schema", new { Schema = steps.Count });
        return (await tx.First<string>("select epoch from meta"))!;
    }

    /// <summary>Names one history of a database; a restore begins another.</summary>
    public static string NewEpoch() => Guid.NewGuid().ToString("N")[..12];

    /// <returns>The schema's number; 0: there is none.</returns>
    public static async Task<int> Current(Connection connection)
    {
        var exists = await connection.First<long>(connection.Dialect.Pick(
            sqlite: "select count(*) from sqlite_master where name = 'meta'",
            postgres: "select count(*) from pg_tables where schemaname = current_schema() and tablename = 'meta'"));
        return exists == 0 ? 0 : await connection.First<int>("select schema from meta");
    }

    private static List<string> Steps(Dialect dialect)
    {
        var suffix = dialect.Pick(sqlite: ".sqlite.sql", postgres: ".postgres.sql");
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => MigrationName().IsMatch(name) && name.EndsWith(suffix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            })];
    }

    [GeneratedRegex(
        @"^migrations/\d{4}_\w+\.(sqlite|postgres)\.sql$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MigrationName();
}
