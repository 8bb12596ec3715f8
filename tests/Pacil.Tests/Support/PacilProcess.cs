using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pacil.Tests.Support;

/// <summary>Runs the real executable in a process of its own, which a test can kill.</summary>
internal sealed class PacilProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The build in the output folder of the tests. It serves the browser scripts as separate modules.
    /// </summary>
    private static readonly string Built = Path.Combine(AppContext.BaseDirectory, "Pacil.dll");

    /// <summary>The build to test, such as the release that bin/test publishes.</summary>
    private static readonly string Program = Environment.GetEnvironmentVariable("PACIL_DLL") ?? Built;

    private readonly ProcessStartInfo start;
    private Process process;

    private PacilProcess(Uri address, ProcessStartInfo start)
    {
        (Address, this.start) = (address, start);
        process = Process.Start(start)!;
    }

    public Uri Address { get; }

    public int Id => process.Id;

    /// <summary>Starts the server on a free port and waits until it responds.</summary>
    public static Task<PacilProcess> Start(string dataFolder, params string[] options) =>
        Start(Program, null, dataFolder, options);

    /// <summary>Starts the server with a limit on its heap.</summary>
    public static Task<PacilProcess> Start(long heapBytesMax, string dataFolder, params string[] options) =>
        Start(
            ("DOTNET_GCHeapHardLimit", heapBytesMax.ToString("x", CultureInfo.InvariantCulture)), dataFolder, options);

    public static Task<PacilProcess> Start(
        (string Name, string Value) variable, string dataFolder, params string[] options) =>
        Start(Program, variable, dataFolder, options);

    /// <summary>Starts the build in the output folder of the tests, even if PACIL_DLL names another build.</summary>
    public static Task<PacilProcess> StartBuilt(string dataFolder, params string[] options) =>
        Start(Built, null, dataFolder, options);

    private static async Task<PacilProcess> Start(
        string program, (string, string)? variable, string dataFolder, string[] options)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var started = new PacilProcess(
            address,
            Info(program, variable, ["serve", "--urls", address.ToString(), "--data", dataFolder, .. options]));
        await started.Serves();
        return started;
    }

    /// <summary>Registers an account and signs in.</summary>
    public async Task<Person> SignIn(string name)
    {
        var person = new Person(Address, "127.0.0.1");
        await person.Register(name);
        await person.SignIn();
        return person;
    }

    /// <summary>Runs the executable with these arguments and waits until it exits.</summary>
    public static Task<(int Code, string Output)> Command(string input, params string[] arguments) =>
        Command(input, Process.Start(Info(Program, null, arguments))!);

    public static Task<(int Code, string Output)> Command(
        (string Name, string Value) variable, params string[] arguments) =>
        Command("", Process.Start(Info(Program, variable, arguments))!);

    private static async Task<(int Code, string Output)> Command(string input, Process started)
    {
        using var command = started;
        try
        {
            await command.StandardInput.WriteLineAsync(input);
            command.StandardInput.Close();
            var output = await command.StandardOutput.ReadToEndAsync()
                .WaitAsync(Patience) + await command.StandardError.ReadToEndAsync();
            await command.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (command.ExitCode, output);
        }
        finally
        {
            // If the command should be refused but starts the server instead, the process does not exit by itself.
            if (!command.HasExited) command.Kill();
        }
    }

    /// <summary>Kills the process immediately, by a signal that the process cannot handle.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Sends SIGTERM, as service managers do, and waits until the process exits.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public long ResidentBytes()
    {
        process.Refresh();
        return process.WorkingSet64;
    }

    public long PeakBytes()
    {
        process.Refresh();
        return process.PeakWorkingSet64;
    }

    /// <summary>The standard output of the process. Completes when the process has ended.</summary>
    public Task<string> Log() => process.StandardOutput.ReadToEndAsync();

    public async Task Restart()
    {
        process.Dispose();
        process = Process.Start(start)!;
        await Serves();
    }

    /// <summary>Kills the process if it still runs, and adds its output to the test's output.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) Kill();
        TestContext.Current.TestOutputHelper?.WriteLine(await Log());
        process.Dispose();
    }

    private static ProcessStartInfo Info(string program, (string Name, string Value)? variable, string[] arguments)
    {
        FastRun.LeaveOut();
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                // As in production, the server caches the versions of the browser scripts.
                ["ReloadStaticAssetsAtRuntime"] = "false",
                ["PACIL_PASSWORD_ROUNDS"] = "100000",
                // The process does not live long enough to profit from dynamic PGO.
                ["DOTNET_TieredPGO"] = "0",
            },
        };
        if (variable is var (name, value)) start.Environment[name] = value;
        return start;
    }

    private async Task Serves()
    {
        using var http = new HttpClient { BaseAddress = Address };
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var reply = await http.GetAsync("/readyz");
                if (reply.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (watch.Elapsed < Patience && !process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
