using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Pacil.Data.Postgres;

/// <summary>Backs up and restores a PostgreSQL database by PostgreSQL's own tools, pg_dump and pg_restore.</summary>
internal static class PostgresBackup
{
    public static async Task Dump(
        NpgsqlConnectionStringBuilder server, string file, CancellationToken cancellation)
    {
        if (File.Exists(file)) throw new InvalidOperationException($"{file} is there already; name a new file.");
        var unfinished = $"{file}.unfinished";
        await Run(server, "pg_dump", ["--format=custom", $"--file={unfinished}"], cancellation);
        File.Move(unfinished, file);
    }

    /// <summary>
    /// Whether a Pacil process serves this database. Each such process has connections named "pacil sender" and
    /// "pacil listener".
    /// </summary>
    public static async Task<bool> IsRunning(Connection connection) => await connection.First<long>(
        """
        select count(*) from pg_stat_activity
        where datname = current_database() and application_name like 'pacil %'
        """) > 0;

    /// <summary>
    /// Replaces all tables by those of a backup, in one transaction. Extensions are not replaced, because another
    /// database user may own them.
    /// </summary>
    public static async Task Restore(
        NpgsqlConnectionStringBuilder server, string file, CancellationToken cancellation)
    {
        var contents = await Run(server, "pg_restore", ["--list", file], cancellation);
        var wanted = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(
                wanted, contents.Split('\n').Where(line => !line.Contains(" EXTENSION ")), cancellation);
            await Run(
                server, "pg_restore",
                ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error",
                    $"--use-list={wanted}", $"--dbname={server.Database}", file],
                cancellation);
        }
        finally
        {
            File.Delete(wanted);
        }
    }

    /// <returns>The standard output of the tool.</returns>
    private static async Task<string> Run(
        NpgsqlConnectionStringBuilder server, string tool, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = server.Host,
                ["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture),
                ["PGDATABASE"] = server.Database,
                ["PGUSER"] = server.Username,
                ["PGPASSWORD"] = server.Password,
                ["PGSSLMODE"] = Named(server.SslMode),
                ["PGSSLROOTCERT"] = server.RootCertificate,
            },
        };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var said = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? await output
                : throw new InvalidOperationException($"{tool} failed: {said.Trim()}");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                $"{tool} is not installed. On Debian: apt-get install postgresql-client", e);
        }
    }

    private static string Named(SslMode mode) => mode switch
    {
        SslMode.Disable => "disable",
        SslMode.Allow => "allow",
        SslMode.Require => "require",
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
        _ => "prefer",
    };
}
