using System.Globalization;

namespace Pacil.Web;

/// <summary>
/// All that can be set. Each is a variable (<see cref="SettingNames"/>), and some an option of every command, too.
/// docs/operating/settings.md tells what each is for.
/// </summary>
internal sealed record Settings
{
    /// <summary>Where to listen, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>The folder with everything that is kept.</summary>
    public string Data { get; init; } = "data";

    /// <summary>
    /// A PostgreSQL connection string, or postgres://…; without it, SQLite in the data folder.
    /// </summary>
    public string? Database { get; init; }

    /// <summary>The same past a pooler in transaction mode: to hear of other processes, and for backups.</summary>
    public string? DatabaseDirect { get; init; }

    /// <summary>The address people type, when a proxy stands in front.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>A PEM certificate chain, for HTTPS without a proxy; with <see cref="Key"/>.</summary>
    public string? Certificate { get; init; }

    /// <summary>The certificate's private key, PEM.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// Host names to answer to, separated by semicolons; all where it is empty and there is no public URL.
    /// </summary>
    public string Hosts { get; init; } = "";

    /// <summary>Addresses or networks (CIDR) of proxies to believe besides loopback; "none": nobody.</summary>
    public string TrustedProxies { get; init; } = "";

    /// <summary>
    /// Sites whose pages may use the API with a token, separated by semicolons, or *; nobody's where it is empty.
    /// </summary>
    public string CorsOrigins { get; init; } = "";

    /// <summary>"off" lifts every limit on rates, streams, connections and a network's bodies, for tests.</summary>
    public string Limits { get; init; } = "on";

    public int SignInsPerMinute { get; init; } = 10;
    public int RegistrationsPerHour { get; init; } = 20;
    public int SearchesPerMinute { get; init; } = 120;
    public int InvitationsPerHour { get; init; } = 60;
    public int MessagesPerMinute { get; init; } = 120;
    public int RequestsPerMinute { get; init; } = 1200;

    public int StreamsPerAccount { get; init; } = 20;
    public int StreamsPerAddress { get; init; } = 100;
    public int StreamsPerProcess { get; init; } = 20_000;

    public int RequestsAtOncePerAccount { get; init; } = 250;
    public int RequestsAtOncePerAddress { get; init; } = 500;

    /// <summary>Open at once, and as many WebSockets besides.</summary>
    public int ConnectionsMax { get; init; } = 20_000;

    /// <summary>Of a request's body.</summary>
    public int BodyBytesMax { get; init; } = 1024 * 1024;

    /// <summary>How long a read of the database may take, waiting for a connection included.</summary>
    public int ReadSecondsMax { get; init; } = 5;

    /// <summary>How long a write may hold up others: a whole one on SQLite, each statement on PostgreSQL.</summary>
    public int WriteSecondsMax { get; init; } = 30;

    /// <summary>How long a request may take to arrive: so long its head, and so long again its body.</summary>
    public int RequestSeconds { get; init; } = 30;

    /// <summary>How slow a guess is: rounds of PBKDF2-HMAC-SHA512. Passwords set before keep theirs.</summary>
    public int PasswordRounds { get; init; } = 210_000;

    /// <summary>How long someone stays signed in who does not come back.</summary>
    public int SessionDays { get; init; } = 30;

    /// <summary>How long a session lasts whatever is done in it.</summary>
    public int SessionDaysMax { get; init; } = 180;

    /// <summary>How long a notification is kept that has been read.</summary>
    public int NotificationDays { get; init; } = 90;

    /// <summary>Of more than these the oldest go.</summary>
    public int NotificationsPerAccount { get; init; } = 1000;

    public bool AreLimitsOff => Limits == "off";

    public bool IsHttps => Certificate is not null
        || PublicUrl?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>From the environment and then, stronger, from the command line.</summary>
    /// <exception cref="InvalidOperationException">A value is not of its kind, or a name is no setting's.</exception>
    public static Settings Load(IReadOnlyDictionary<string, string?> options)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value))
            // One that is empty is one that is not set: a compose file cannot leave it out.
            .Where(variable => variable.Key.StartsWith(SettingNames.Prefix, StringComparison.Ordinal))
            .Where(variable => variable.Value is { Length: > 0 })
            .ToList();
        variables.ForEach(variable => SettingNames.Check(variable.Key));
        var port = Environment.GetEnvironmentVariable("PORT") is { Length: > 0 } given ? given : null;
        if (port is not null && !ushort.TryParse(port, CultureInfo.InvariantCulture, out _))
            throw new InvalidOperationException($"PORT is no port: {port}.");
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(port is null ? [] : [KeyValuePair.Create("Urls", (string?)$"http://*:{port}")])
            .AddInMemoryCollection(variables.Select(variable => KeyValuePair.Create(
                variable.Key[SettingNames.Prefix.Length..].Replace("_", ""), variable.Value)))
            .AddInMemoryCollection(options)
            .Build()
            .Get<Settings>() ?? new Settings();
        SettingRules.Check(settings);
        return settings;
    }

    /// <summary>One that is a list.</summary>
    public static string[] Split(string list) =>
        list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
