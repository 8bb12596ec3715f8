using System.ComponentModel;
using System.Diagnostics;
using Npgsql;

namespace Pacil.Data;

/// <summary>Copies of a PostgreSQL database by the server's own tools, pg_dump and pg_restore.</summary>
internal static class PostgresBackup
{
    public static async Task Dump(string connectionString, string file, CancellationToken cancellation)
    {
        if (File.Exists(file)) throw new InvalidOperationException($"{file} is there already; name a new file.");
        var unfinished = $"{file}.unfinished";
        await Run(connectionString, "pg_dump", ["--format=custom", $"--file={unfinished}"], cancellation);
        File.Move(unfinished, file);
    }

    /// <summary>In one transaction: all of it, or nothing.</summary>
    public static Task Restore(string connectionString, string file, CancellationToken cancellation) => Run(
        connectionString, "pg_restore",
        ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error",
            $"--dbname={new NpgsqlConnectionStringBuilder(connectionString).Database}", file],
        cancellation);

    private static async Task Run(
        string connectionString, string tool, string[] arguments, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(tool, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = settings.Host,
                ["PGPORT"] = settings.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["PGDATABASE"] = settings.Database,
                ["PGUSER"] = settings.Username,
                ["PGPASSWORD"] = settings.Password,
            },
        };
        try
        {
            using var process = Process.Start(start)!;
            var said = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0) throw new InvalidOperationException($"{tool} failed: {said.Trim()}");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                $"{tool} is not installed. On Debian: apt-get install postgresql-client", e);
        }
    }
}
