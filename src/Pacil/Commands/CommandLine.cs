using System.CommandLine;
using System.CommandLine.Parsing;
using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using Pacil.Data;
using Pacil.Identity.Registration;
using Pacil.Web.Hosting;

namespace Pacil.Commands;

/// <summary>The command line of <c>pacil</c>. The default command is <c>serve</c>.</summary>
internal static class CommandLine
{
    /// <summary>The exit code if a setting is wrong, or if the database, a file or the network fails.</summary>
    private const int Misused = 2;

    public static RootCommand Root()
    {
        var root = new RootCommand("Pacil, a live inventory.");
        foreach (var option in Options()) root.Options.Add(option);
        root.SetAction((parsed, cancellation) => Run(parsed, Serve, cancellation));
        root.Subcommands.Add(Command("serve", "Serves the inventory until Ctrl-C; the default.", Serve));
        root.Subcommands.Add(Command("migrate", "Brings the database up to this version, and ends.", Migrate));
        root.Subcommands.Add(UserCommands.Command(Command));
        foreach (var command in BackupCommands.Commands(Command)) root.Subcommands.Add(command);
        return root;
    }

    private static Command Command(
        string name, string description, Func<WebApplication, ParseResult, CancellationToken, Task<int>> work)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, cancellation) => Run(parsed, work, cancellation));
        return command;
    }

    private static async Task<int> Run(
        ParseResult parsed, Func<WebApplication, ParseResult, CancellationToken, Task<int>> work,
        CancellationToken cancellation)
    {
        try
        {
            await using var app = PacilApp.Build(Settings.Load(Given(parsed)));
            return await work(app, parsed, cancellation);
        }
        catch (Exception e) when (e is InvalidOperationException or DatabaseUnavailable or DbException
            or IOException or UnauthorizedAccessException or SocketException or CryptographicException)
        {
            var cause = e is DatabaseUnavailable ? $" {e.GetBaseException().Message}" : "";
            await Console.Error.WriteLineAsync($"pacil: {e.Message}{cause}");
            return Misused;
        }
    }

    private static async Task<int> Serve(WebApplication app, ParseResult parsed, CancellationToken cancellation)
    {
        var database = app.Services.GetRequiredService<Database>();
        await database.Migrate(cancellation);
        app.UsePacil();
        await app.StartAsync(cancellation);
        Console.WriteLine($"Pacil is at {string.Join(" and ", app.Urls)}");
        Console.WriteLine($"Data is {database.Place}");
        if (await CreateAccount.IsFirst(database, cancellation))
            Console.WriteLine("The first account that registers becomes the administrator.");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static async Task<int> Migrate(WebApplication app, ParseResult parsed, CancellationToken cancellation)
    {
        await app.Services.GetRequiredService<Database>().Migrate(cancellation);
        return 0;
    }

    private static IEnumerable<Option<string>> Options() =>
    [
        Setting("--urls", "Where to listen."),
        Setting("--data", "The folder with everything that is kept."),
        Setting("--database", "A PostgreSQL connection string; without it, SQLite in the data folder."),
        Setting("--database-direct", "The same past a pooler such as PgBouncer in transaction mode."),
        Setting("--public-url", "The address people type, when a proxy stands in front."),
        Setting("--certificate", "A PEM certificate chain, for HTTPS."),
        Setting("--key", "Its private key, PEM."),
        Setting("--limits", "\"off\" lifts every limit on rates and streams, for load tests."),
    ];

    private static Option<string> Setting(string name, string description) =>
        new(name) { Description = description, Recursive = true };

    /// <summary>
    /// The settings that were given as options. An option that belongs to one subcommand, such as <c>--email</c>, is
    /// not a setting.
    /// </summary>
    private static Dictionary<string, string?> Given(ParseResult parsed)
    {
        var settings = Options().Select(option => option.Name).ToHashSet();
        return parsed.RootCommandResult.Children.Concat(parsed.CommandResult.Children)
            .OfType<OptionResult>()
            .Where(option => settings.Contains(option.Option.Name) && !option.Implicit)
            .DistinctBy(option => option.Option.Name)
            .ToDictionary(option => option.Option.Name.Replace("-", ""), option => option.GetValueOrDefault<string?>());
    }
}
