using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;

namespace Pacil.Tests.Support;

/// <summary>Debian's PgBouncer, which runs in transaction mode in front of the tests' PostgreSQL server.</summary>
internal sealed class Pooler : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";

    private readonly Process process;
    private readonly string folder;

    private Pooler(Process process, string folder, string address) =>
        (this.process, this.folder, Address) = (process, folder, address);

    /// <summary>The reason to skip a test if PgBouncer is not installed; otherwise null.</summary>
    public static string? Missing => File.Exists(Program) ? null : "No PgBouncer: install it, or run bin/test.";

    /// <summary>The connection string of the database through PgBouncer.</summary>
    public string Address { get; }

    /// <param name="postgres">The connection string of the database without PgBouncer.</param>
    public static async Task<Pooler> Start(string postgres)
    {
        var server = new NpgsqlConnectionStringBuilder(postgres);
        var port = PacilProcess.FreePort();
        var folder = Directory.CreateTempSubdirectory("pacil-test-").FullName;
        var (users, settings) = (Path.Combine(folder, "users"), Path.Combine(folder, "settings"));
        await File.WriteAllTextAsync(users, $"\"{server.Username}\" \"{server.Password?.Replace("\"", "\"\"")}\"\n");
        await File.WriteAllTextAsync(settings, $"""
            [databases]
            * = host={server.Host} port={server.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = {(server.Password is null ? "any" : "plain")}
            auth_file = {users}
            pool_mode = transaction
            max_client_conn = 200
            default_pool_size = 20
            ignore_startup_parameters = extra_float_digits

            """ + (server.Password is null
                ? $"[databases]\n* = host={server.Host} port={server.Port} user={server.Username}\n" : ""));
        // PgBouncer refuses to run as root, so the test runs it as the user "nobody".
        string[] command = Environment.IsPrivilegedProcess
            ? ["runuser", "-u", "nobody", "--", Program, settings] : [Program, settings];
        if (!OperatingSystem.IsWindows())
            foreach (var path in new[] { folder, users, settings })
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                    | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var process = Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true })!;
        _ = process.StandardError.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var tried = new TcpClient();
                await tried.ConnectAsync("127.0.0.1", port);
                break;
            }
            catch (SocketException) when (watch.Elapsed < TimeSpan.FromSeconds(10) && !process.HasExited)
            {
                await Task.Delay(20);
            }
        }
        return new Pooler(process, folder,
            new NpgsqlConnectionStringBuilder(postgres) { Host = "127.0.0.1", Port = port }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
