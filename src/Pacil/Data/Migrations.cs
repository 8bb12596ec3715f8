using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Pacil.Data;

/// <summary>
/// The schema, in numbered steps: <c>migrations/0001_name.sqlite.sql</c> beside <c>0001_name.postgres.sql</c>. A step
/// that has landed is never edited; a change is a new step. Each database stores the number of its last step.
/// </summary>
internal static partial class Migrations
{
    /// <returns>The database's epoch.</returns>
    /// <exception cref="InvalidOperationException">A newer program wrote the database.</exception>
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

    /// <returns>The number of the schema; 0 if there is none.</returns>
    public static async Task<int> Current(Connection connection)
    {
        var exists = await connection.First<long>(connection.Dialect.Pick(
            sqlite: "select count(*) from sqlite_master where name = 'meta'",
            postgres: "select count(*) from pg_tables where schemaname = current_schema() and tablename = 'meta'"));
        return exists == 0 ? 0 : await connection.First<int>("select schema from meta");
    }

    /// <summary>The files of one database in the order of their numbers, which must be 1, 2, 3 …</summary>
    /// <param name="files">The files of both databases.</param>
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
