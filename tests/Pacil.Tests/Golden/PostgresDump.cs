using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace Pacil.Tests.Golden;

/// <summary>Writes a PostgreSQL database as text with pg_dump, and reads it back.</summary>
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
        // Removes settings that only one server version knows, psql commands, comments and empty lines.
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
