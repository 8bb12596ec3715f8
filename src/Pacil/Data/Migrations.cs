using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Pacil.Data;

/// <summary>
/// Creates and updates the schema, in numbered steps: <c>migrations/0001_name.sqlite.sql</c> and
/// <c>migrations/0001_name.postgres.sql</c>. A step on the main branch is never edited; every later change of the
/// schema is a new step. Each database stores the number of the last step that it has run.
/// </summary>
internal static partial class Migrations
{
    /// <summary>Runs the steps that the database has not run yet.</summary>
    /// <returns>The epoch of the database.</returns>
    /// <exception cref="InvalidOperationException">A newer version of Pacil has migrated the database.</exception>
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

    /// <summary>Makes a random epoch, for a new database or for the data that a restore loads.</summary>
    public static string NewEpoch() => Guid.NewGuid().ToString("N")[..12];

    /// <returns>The number of the last step that the database has run; 0 if the database is empty.</returns>
    public static async Task<int> Current(Connection connection)
    {
        var exists = await connection.First<long>(connection.Dialect.Pick(
            sqlite: "select count(*) from sqlite_master where name = 'meta'",
            postgres: "select count(*) from pg_tables where schemaname = current_schema() and tablename = 'meta'"));
        return exists == 0 ? 0 : await connection.First<int>("select schema from meta");
    }

    /// <summary>Selects the migration files of one database, and sorts them by their numbers 1, 2, 3 …</summary>
    /// <param name="files">The migration files of both databases.</param>
    /// <exception cref="InvalidOperationException">A number is missing or duplicated, or a name is wrong.</exception>
    public static List<string> InOrder(IEnumerable<string> files, Dialect dialect)
    {
        var named = files.Select(file => (File: file, Name: MigrationName().Match(file))).ToList();
        if (named.Find(one => !one.Name.Success).File is { } unknown) throw Broken($"{unknown} is no migration");
        var mine = named.Where(one => one.Name.Groups["database"].Value == dialect.Pick("sqlite", "postgres"))
            .OrderBy(one => one.File, StringComparer.Ordinal).ToList();
        for (var i = 0; i < mine.Count; i++)
        {
            var number = int.Parse(mine[i].Name.Groups["number"].Value, CultureInfo.InvariantCulture);
            if (number <= i) throw Broken($"there are two migrations {number} for {dialect}");
            if (number > i + 1) throw Broken($"there is no migration {i + 1} for {dialect}");
        }
        return mine.ConvertAll(one => one.File);
    }

    private static List<string> Steps(Dialect dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("migrations/", StringComparison.Ordinal));
        return InOrder(files, dialect).ConvertAll(file =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
            return reader.ReadToEnd();
        });
    }

    private static InvalidOperationException Broken(string what) => new($"This build of Pacil is broken: {what}.");

    [GeneratedRegex(
        @"^migrations/(?<number>\d{4})_\w+\.(?<database>sqlite|postgres)\.sql$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MigrationName();
}
