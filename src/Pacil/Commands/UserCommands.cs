using System.CommandLine;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Passwords;
using Pacil.Identity.Registration;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.Requests;

namespace Pacil.Commands;

/// <summary>
/// The commands <c>pacil user add|reset|admin NAME</c>. They let the operator of the server manage accounts even if
/// nobody can sign in.
/// </summary>
internal static class UserCommands
{
    private static readonly Argument<string> Name = new("name") { Description = "The user name." };

    private static readonly Option<string> Email = new("--email") { Description = "An e-mail address." };

    public static Command Command(
        Func<string, string, Func<WebApplication, ParseResult, CancellationToken, Task<int>>, Command> make)
    {
        var user = new Command("user", "Accounts, from the console. Passwords come from the terminal or from input.");
        var add = make("add", "Adds an account.", Add);
        add.Options.Add(Email);
        user.Subcommands.Add(add);
        user.Subcommands.Add(make("reset", "Gives an account a new password; ends its sessions and tokens.", Reset));
        user.Subcommands.Add(make("admin", "Makes an account an administrator.", MakeAdministrator));
        foreach (var command in user.Subcommands) command.Arguments.Add(Name);
        return user;
    }

    private static async Task<int> Add(WebApplication app, ParseResult parsed, CancellationToken cancellation)
    {
        // The operator can add the first account before the first start of Pacil. The database may not exist yet.
        await app.Services.GetRequiredService<Database>().Migrate(cancellation);
        await using var scope = app.Services.CreateAsyncScope();
        var fields = RequestFields.OfForm(new FormCollection(new()
        {
            ["username"] = parsed.GetRequiredValue(Name),
            ["email"] = parsed.GetValue(Email) ?? "",
            ["password"] = ReadPassword(),
        }));
        var register = scope.ServiceProvider.GetRequiredService<Register>();
        var result = await register.Apply(fields, policy: null, HashRequester.Console, cancellation);
        if (result.Value is { } made) Tell(app, "account_created", made);
        return Report(result.Problem, $"{parsed.GetValue(Name)} is added.");
    }

    private static async Task<int> Reset(WebApplication app, ParseResult parsed, CancellationToken cancellation)
    {
        await Open(app, cancellation);
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountStore>();
        var account = await accounts.FindByName(parsed.GetRequiredValue(Name), cancellation);
        if (account is null) return Report(Problem.NotFound, "");
        var fields = RequestFields.OfForm(new FormCollection(new() { ["password"] = ReadPassword() }));
        var password = AccountFields.NewPassword(
            fields, account, scope.ServiceProvider.GetRequiredService<PasswordRules>());
        if (fields.Problem is { } invalid) return Report(invalid, "");
        account.PasswordHash = await scope.ServiceProvider.GetRequiredService<PasswordHashing>()
            .Hash(HashRequester.Console, account, password, cancellation);
        account.SecurityStamp = AccessKey.Random();
        var problem = await Change(app, account, "password_change", cancellation);
        return Report(problem, $"{account.Username} has a new password.");
    }

    private static async Task<int> MakeAdministrator(
        WebApplication app, ParseResult parsed, CancellationToken cancellation)
    {
        await Open(app, cancellation);
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountStore>();
        var account = await accounts.FindByName(parsed.GetRequiredValue(Name), cancellation);
        if (account is null) return Report(Problem.NotFound, "");
        account.Administrator = true;
        var problem = await Change(app, account, "made_administrator", cancellation);
        return Report(problem, $"{account.Username} is an administrator.");
    }

    /// <summary>
    /// Migrates the database. Throws if there is no database, because then there is no account to change.
    /// </summary>
    private static async Task Open(WebApplication app, CancellationToken cancellation)
    {
        var database = app.Services.GetRequiredService<Database>();
        await database.RequireData(cancellation);
        await database.Migrate(cancellation);
    }

    /// <summary>
    /// Stores the changed account and writes to the audit log. The actor is the program, because the operator makes the
    /// change and not the owner of the account.
    /// </summary>
    private static async Task<Problem?> Change(
        WebApplication app, Account account, string what, CancellationToken cancellation)
    {
        var broken = await app.Services.GetRequiredService<Database>().Write(
            Actor.Program, tx => ChangeAccount.Apply(tx, account), cancellation);
        if (broken.Length == 0) Tell(app, what, account);
        return AccountRules.Report(broken);
    }

    private static void Tell(WebApplication app, string what, Account account) =>
        app.Services.GetRequiredService<Audit>().Write(null, what, "done", (account.Id, account.Username));

    private static int Report(Problem? problem, string done)
    {
        if (problem is null) Console.WriteLine(done);
        else Console.Error.WriteLine($"pacil: {problem.Detail}");
        return problem is null ? 0 : 1;
    }

    private static string ReadPassword()
    {
        if (Console.IsInputRedirected) return Console.ReadLine() ?? "";
        Console.Write("Password: ");
        var password = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace) password.Append(key.KeyChar);
            else if (password.Length > 0) password.Length--;
        }
        Console.WriteLine();
        return password.ToString();
    }
}
