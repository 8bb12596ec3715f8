using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace Pacil.Tests.Golden;

/// <summary>Dumps a PostgreSQL database to text with pg_dump, and restores such a dump.</summary>
internal static partial class PostgresDump
{
    public static async Task<string> Write(string postgres)
    {
        var server = new NpgsqlConnectionStringBuilder(postgres);
        var start = new ProcessStartInfo(
            "pg_dump", ["--inserts", "--no-owner", "--no-privileges", "--no-comments", $"--host={server.Host}",
                $"--port={server.Port}", $"--username={server.Username}", server.Database!])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["PGPASSWORD"] = server.Password },
        };
        using var dump = Process.Start(start)!;
        var text = await dump.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await dump.WaitForExitAsync(TestContext.Current.CancellationToken);
        dump.ExitCode.ShouldBe(0);
        // Removes psql commands, comments, empty lines, and settings that only one version of PostgreSQL knows.
        return Omitted().Replace(text, "");
    }

    public static async Task Restore(string postgres, string text)
    {
        await using var connection = new NpgsqlConnection($"{postgres};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"^(SET .*|SELECT pg_catalog\.set_config.*|\\.*|--.*)?\n",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Omitted();
}
