using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using Pacil.Tests.Support;
using Pacil.Web.Hosting;

namespace Pacil.Tests.Commands;

/// <summary>The command line of the real executable.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task It_says_its_version()
    {
        var build = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "Directory.Build.props"), TestContext.Current.CancellationToken);
        var version = build.Split("<VersionPrefix>")[1].Split("</VersionPrefix>")[0];

        var (code, output) = await PacilProcess.Command("", "--version");

        code.ShouldBe(0);
        output.Split('+', '\n')[0].ShouldBe(version);
    }

    [Theory, Databases]
    public async Task Accounts_can_be_made_and_mended_from_the_console_while_it_serves(TestDatabase database)
    {
        await using var place = await DataFixture.Make(database);
        string[] at = ["--data", place.Folder, .. place.Options];
        (await PacilProcess.Command("short", ["user", "add", "ana", .. at]))
            .ShouldBe((1, "pacil: Password: Use at least 8 characters.\n"));
        (await PacilProcess.Command(TestApp.Password, ["user", "add", "ana", "--email", "ana@example.org", .. at]))
            .Output.ShouldContain("ana is added.");
        await using var pacil = await PacilProcess.Start(place.Folder, place.Options);
        var ana = new Person(pacil.Address, "127.0.0.1");
        (await ana.SignInAs("ana")).Json.GetProperty("administrator").GetBoolean().ShouldBeTrue();

        (await PacilProcess.Command("green-heron-17", ["user", "reset", "ANA", .. at])).Output.ShouldContain(
            "ana has a new password.");
        (await PacilProcess.Command(TestApp.Password, ["user", "add", "budi", .. at])).Code.ShouldBe(0);
        (await PacilProcess.Command("", ["user", "admin", "budi", .. at])).Output.ShouldContain(
            "budi is an administrator.");
        (await PacilProcess.Command("", ["user", "admin", "nobody", .. at])).Code.ShouldBe(1);

        await Eventually(async () => (await ana.Get("/api/me")).Status == 401);
        await ana.SignIn("green-heron-17");
        (await new Person(pacil.Address, "127.0.0.1").SignInAs("budi")).Json.GetProperty("administrator")
            .GetBoolean().ShouldBeTrue();
        var told = (await ana.Get("/api/users/entries")).Json.EnumerateArray().Select(entry =>
            (entry.GetProperty("kind").GetString(), entry.GetProperty("actor").GetProperty("id").ValueKind)).ToList();
        told.ShouldContain(("account_promoted", JsonValueKind.Null));
        told.ShouldContain(("account_changed", JsonValueKind.Null));
        (await ana.Page("/admin/entries")).Text.ShouldContain("The console made budi an administrator");
    }

    /// <summary>
    /// The files of the server and its backups contain password hashes. If an earlier version left a file readable for
    /// other users, the server makes it readable for its own user only.
    /// </summary>
    [Theory, Databases, UnsupportedOSPlatform("windows")]
    public async Task Only_its_own_user_may_read_what_it_writes(TestDatabase database)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var place = await DataFixture.Make(database);
        File.SetUnixFileMode(
            place.Folder, Owner | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var backups = Path.Combine(place.Folder, "backups");
        Directory.CreateDirectory(backups);
        var data = Path.Combine(place.Folder, "data");
        await using (var pacil = await PacilProcess.Start(data, place.Options))
        {
            await pacil.SignIn("ana");
            (await PacilProcess.Command("", ["backup", Path.Combine(backups, "monday.backup"), "--data", data,
                .. place.Options])).Code.ShouldBe(0);
            foreach (var file in Files()) File.GetUnixFileMode(file).ShouldBe(Owner, file);
            if (database == TestDatabase.Postgres) return;
            File.GetUnixFileMode(data).ShouldBe(Owner | UnixFileMode.UserExecute);
            foreach (var file in Files())
                File.SetUnixFileMode(file, Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            File.SetUnixFileMode(
                data, Owner | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
        await using var again = await PacilProcess.Start(data, place.Options);
        File.GetUnixFileMode(data).ShouldBe(Owner | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(data)) File.GetUnixFileMode(file).ShouldBe(Owner, file);

        IEnumerable<string> Files() => Directory.EnumerateFiles(place.Folder, "*", SearchOption.AllDirectories);
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task A_socket_is_open_to_a_proxy_of_another_user()
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        var socket = Path.Combine(place.Folder, "pacil.sock");
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { Urls = $"http://127.0.0.1:0;http://unix:{socket}" });
        (File.GetUnixFileMode(socket) & UnixFileMode.OtherWrite).ShouldBe(UnixFileMode.OtherWrite);
    }

    [Theory]
    [InlineData("PACIL_DATABASE")]
    [InlineData("PACIL_PUBLIC_URL")]
    [InlineData("PACIL_SESSION_DAYS")]
    [InlineData("PORT")]
    [InlineData("PACIL_LIMTS")]
    public void A_variable_that_is_empty_is_one_that_is_not_set(string variable) => WithVariable(variable, "");

    [Fact]
    public async Task What_cannot_work_is_said_in_a_sentence()
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        await using var taken = await PacilProcess.Start(place.Folder);

        var (code, output) = await PacilProcess.Command("", "--urls", taken.Address.ToString(), "--data", place.Folder);
        (code, output.Contains("address already in use")).ShouldBe((2, true), output);
        output.ShouldNotContain("   at ");
        (await PacilProcess.Command("", "--key", "key.pem", "--data", place.Folder))
            .ShouldBe((2, "pacil: --certificate and --key belong together.\n"));
        (await PacilProcess.Command("", "migrate", "--database", "Host=127.0.0.1;Port=1;Timeout=2")).Code.ShouldBe(2);
        (await PacilProcess.Command("", "dance")).Code.ShouldBe(1);
    }

    [Theory]
    [InlineData("--urls", "nonsense", "--urls: nonsense is no address")]
    [InlineData("--urls", "http://127.0.0.1:99999", "is no address")]
    [InlineData("--public-url", "shelf.example", "--public-url: shelf.example is no address")]
    [InlineData("--database", "db.example", "--database is no connection string")]
    [InlineData("--database-direct", "postgres://ana@db:x/y", "--database is no connection string", "--database",
        "Host=127.0.0.1;Port=1")]
    [InlineData("PACIL_SESSION_DAYS", "abc", "SessionDays")]
    [InlineData("PACIL_SESSION_DAYS", "0", "PACIL_SESSION_DAYS must be 1 at least")]
    [InlineData("PACIL_PASSWORD_ROUNDS", "1000", "PACIL_PASSWORD_ROUNDS must be 100000 at least")]
    [InlineData("PACIL_TRUSTED_PROXIES", "the proxy", "PACIL_TRUSTED_PROXIES: the proxy is no address or network")]
    [InlineData(
        "PACIL_CORS_ORIGINS", "https://tools.example/", "PACIL_CORS_ORIGINS: https://tools.example/ is no site")]
    [InlineData("PACIL_TRUSTED_PROXIES", "none;10.0.0.0/8", "PACIL_TRUSTED_PROXIES: none stands alone")]
    [InlineData("--database-direct", "Host=127.0.0.1", "--database-direct is of no use without --database")]
    [InlineData("--limits", "Off", "--limits is on or off, and not Off.")]
    [InlineData("--limits", "false", "--limits is on or off, and not false.")]
    [InlineData("PACIL_LIMITS", "OFF", "--limits is on or off, and not OFF.")]
    [InlineData("PACIL_LIMIT", "off", "PACIL_LIMIT is no setting. Did you mean PACIL_LIMITS?")]
    [InlineData(
        "PACIL_PUBLICURL", "https://a.example", "PACIL_PUBLICURL is no setting. Did you mean PACIL_PUBLIC_URL?")]
    [InlineData("PACIL_SESION_DAY", "7", "PACIL_SESION_DAY is no setting. Did you mean PACIL_SESSION_DAYS?")]
    [InlineData("PACIL_COLOUR_OF_THE_SHELF", "red", "PACIL_COLOUR_OF_THE_SHELF is no setting.\n")]
    [InlineData("PACIL_DLLS", "red", "PACIL_DLLS is no setting.")]
    [InlineData("PORT", "eighty", "PORT is no port: eighty.")]
    public async Task A_setting_that_cannot_be_is_said_by_its_name(
        string setting, string value, string sentence, params string[] others)
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        var data = Path.Combine(place.Folder, "data");
        var (code, output) = setting.StartsWith('-')
            ? await PacilProcess.Command("", ["migrate", "--data", data, setting, value, .. others])
            : await PacilProcess.Command((setting, value), "migrate", "--data", data);
        (code, output.StartsWith("pacil: "), output.Contains(sentence), output.Contains("   at "))
            .ShouldBe((2, true, true, false), output);
        Directory.Exists(data).ShouldBeFalse();
    }

    [Fact]
    public async Task Every_command_refuses_a_setting_that_is_misspelt()
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        var (data, file) = (Path.Combine(place.Folder, "data"), Path.Combine(place.Folder, "monday.backup"));
        string[][] commands =
            [[], ["serve"], ["migrate"], ["backup", file], ["restore", file], ["user", "add", "ana"],
                ["user", "reset", "ana"], ["user", "admin", "ana"]];
        foreach (var command in commands)
        {
            (await PacilProcess.Command(("PACIL_LIMTS", "off"), [.. command, "--data", data]))
                .ShouldBe(
                    (2, "pacil: PACIL_LIMTS is no setting. Did you mean PACIL_LIMITS?\n"), string.Join(' ', command));
            (await PacilProcess.Command("", [.. command, "--data", data, "--limits", "Off"]))
                .ShouldBe((2, "pacil: --limits is on or off, and not Off.\n"), string.Join(' ', command));
        }
        Directory.Exists(data).ShouldBeFalse();
    }

    [Theory]
    [InlineData("PACIL_TEST_POSTGRES")]
    [InlineData("PACIL_DLL")]
    [InlineData("PACIL_SERVICE_HOST")]
    [InlineData("PACIL_SERVICE_PORT_HTTP")]
    [InlineData("PACIL_PORT")]
    [InlineData("PACIL_PORT_80_TCP_ADDR")]
    [InlineData("PACIL_DB_SERVICE_HOST")]
    [InlineData("PACIL_DB_PORT")]
    [InlineData("PACIL_DB_PORT_5432_TCP")]
    public void What_tests_and_kubernetes_set_is_no_misspelt_setting(string variable) =>
        WithVariable(variable, "tcp://10.0.0.1:80");

    /// <summary>
    /// Tests three cases: a file has the name of the data folder, the data folder cannot be created (because it is in
    /// /proc), and pacil.db is not a database.
    /// </summary>
    [Fact, UnsupportedOSPlatform("windows")]
    public async Task Data_that_cannot_be_opened_is_said_in_a_sentence()
    {
        await using var place = await DataFixture.Make(TestDatabase.Sqlite);
        var file = Path.Combine(place.Folder, "file");
        await File.WriteAllTextAsync(file, "no folder", TestContext.Current.CancellationToken);
        var other = Directory.CreateDirectory(Path.Combine(place.Folder, "other"));
        await File.WriteAllTextAsync(
            Path.Combine(other.FullName, "pacil.db"), "no database at all", TestContext.Current.CancellationToken);

        foreach (var data in new[] { file, "/proc/pacil", other.FullName })
        {
            var (code, output) = await PacilProcess.Command(
                "", "serve", "--urls", "http://127.0.0.1:0", "--data", data);
            (code, output.StartsWith($"pacil: The data in {data} cannot be opened: "), output.Contains("   at "))
                .ShouldBe((2, true, false), output);
        }
    }

    /// <summary>A mistyped folder name must not create an empty inventory.</summary>
    [Theory, Databases]
    public async Task What_reads_or_changes_makes_nothing(TestDatabase database)
    {
        await using var place = await DataFixture.Make(database);
        var mistyped = Path.Combine(place.Folder, "mistyped");
        var file = Path.Combine(place.Folder, "monday.backup");
        foreach (var command in new string[][] { ["backup", file], ["user", "reset", "ana"], ["user", "admin", "ana"] })
        {
            var (code, output) = await PacilProcess.Command(
                TestApp.Password, [.. command, "--data", mistyped, .. place.Options]);
            (code, output.StartsWith("pacil: There is no data ")).ShouldBe((2, true), output);
        }
        (Directory.Exists(mistyped), File.Exists(file)).ShouldBe((false, false));
        if (place.Postgres is null) return;
        await using var data = Npgsql.NpgsqlDataSource.Create(place.Postgres);
        await using var tables = data.CreateCommand("select count(*) from pg_tables where schemaname = 'public'");
        (await tables.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(0L);
    }

    private static void WithVariable(string variable, string value)
    {
        var before = Environment.GetEnvironmentVariable(variable);
        try
        {
            Environment.SetEnvironmentVariable(variable, value);
            Settings.Load(new Dictionary<string, string?>()).ShouldBe(new Settings());
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }

    private static async Task Eventually(Func<Task<bool>> isTrue)
    {
        var watch = Stopwatch.StartNew();
        while (!await isTrue())
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
