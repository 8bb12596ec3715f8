using System.CommandLine;
using Pacil.Data;

namespace Pacil.Commands;

/// <summary>
/// The commands <c>pacil backup FILE</c>, which can run at any time, and <c>pacil restore FILE</c>, which can run only
/// while Pacil is stopped.
/// </summary>
internal static class BackupCommands
{
    private static readonly Argument<string> File = new("file") { Description = "The backup." };

    public static IEnumerable<Command> Commands(
        Func<string, string, Func<WebApplication, ParseResult, CancellationToken, Task<int>>, Command> make)
    {
        Command[] commands =
        [
            make("backup", "Writes everything to a new file; Pacil may go on running.", Backup),
            make("restore", "Puts a backup in the place of what there is; stop Pacil first.", Restore),
        ];
        foreach (var command in commands) command.Arguments.Add(File);
        return commands;
    }

    private static async Task<int> Backup(WebApplication app, ParseResult parsed, CancellationToken cancellation)
    {
        var file = parsed.GetRequiredValue(File);
        var database = app.Services.GetRequiredService<Database>();
        await database.RequireData(cancellation);
        await database.Backup(file, cancellation);
        Console.WriteLine($"Everything is in {file}.");
        return 0;
    }

    private static async Task<int> Restore(WebApplication app, ParseResult parsed, CancellationToken cancellation)
    {
        var file = parsed.GetRequiredValue(File);
        if (!System.IO.File.Exists(file)) throw new InvalidOperationException($"There is no file {file}.");
        await app.Services.GetRequiredService<Database>().Restore(file, cancellation);
        Console.WriteLine($"{file} is restored. Start Pacil now; open pages reload.");
        return 0;
    }
}
