using System.Globalization;

namespace Pacil.Web.Hosting;

/// <summary>
/// All settings. Each is set by an environment variable (<see cref="SettingNames"/>). Some are also options of every
/// command. docs/operating/settings.md explains each setting.
/// </summary>
internal sealed record Settings
{
    /// <summary>Addresses to listen at, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    public string Data { get; init; } = "data";

    /// <summary>A PostgreSQL connection string, or postgres://…; null for SQLite in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary>
    /// The connection string that bypasses a pooler in transaction mode. Signals and backups need a direct connection.
    /// </summary>
    public string? DatabaseDirect { get; init; }

    /// <summary>On PostgreSQL, how many workspaces are written at a time. Each needs a connection.</summary>
    public int DatabaseWriters { get; init; } = 8;

    /// <summary>The address that users type, if Pacil runs behind a proxy.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>
    /// The path of a PEM file with the certificate chain, for HTTPS without a proxy. Requires <see cref="Key"/>.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>The path of a PEM file with the certificate's private key.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// Accepted host names, separated by semicolons. If the setting is empty, Pacil accepts the host of the public URL
    /// and the names of this machine. Without a public URL, Pacil accepts all host names.
    /// </summary>
    public string Hosts { get; init; } = "";

    /// <summary>
    /// Addresses or networks (CIDR) of proxies to trust besides loopback, separated by semicolons. With "none", no
    /// proxy is trusted, not even on loopback.
    /// </summary>
    public string TrustedProxies { get; init; } = "";

    /// <summary>
    /// Sites whose pages may use the API with a token, separated by semicolons. "*" allows all sites; empty allows
    /// none.
    /// </summary>
    public string CorsOrigins { get; init; } = "";

    /// <summary>
    /// For tests, "off" turns off the limits on rates, on concurrent requests, searches, streams and connections, on
    /// waiting password checks, and on the request bodies of one address or subnet.
    /// </summary>
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

    /// <summary>
    /// The maximum number of open connections. The same number of WebSockets may be open in addition.
    /// </summary>
    public int ConnectionsMax { get; init; } = 20_000;

    public int BodyBytesMax { get; init; } = 1024 * 1024;

    /// <summary>The longest time for a read of the database, including the wait for a connection.</summary>
    public int ReadSecondsMax { get; init; } = 5;

    /// <summary>The longest time for a write on SQLite, and for each statement of a write on PostgreSQL.</summary>
    public int WriteSecondsMax { get; init; } = 30;

    /// <summary>
    /// The longest time for the head of a request to arrive. The same limit applies separately to the body.
    /// </summary>
    public int RequestSeconds { get; init; } = 30;

    /// <summary>
    /// Rounds of PBKDF2-HMAC-SHA512, which make guessing slow. A change does not affect the hashes of passwords that
    /// are already stored.
    /// </summary>
    public int PasswordRounds { get; init; } = 210_000;

    /// <summary>How many days a session lasts while it is not used.</summary>
    public int SessionDays { get; init; } = 30;

    /// <summary>How many days a session lasts at most, even if it is used.</summary>
    public int SessionDaysMax { get; init; } = 180;

    /// <summary>How many days a notification is stored after the user has read it.</summary>
    public int NotificationDays { get; init; } = 90;

    /// <summary>
    /// The maximum number of notifications per account. If there are more, read notifications are deleted before unread
    /// notifications, and older ones before newer ones.
    /// </summary>
    public int NotificationsPerAccount { get; init; } = 1000;

    public bool AreLimitsOff => Limits == "off";

    public bool IsHttps => Certificate is not null
        || PublicUrl?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>Reads the environment variables and the command-line options. An option overrides a variable.</summary>
    /// <exception cref="InvalidOperationException">A value is not valid, or a variable is not a setting.</exception>
    public static Settings Load(IReadOnlyDictionary<string, string?> options)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value))
            // An empty variable counts as not set, because a compose file cannot omit a variable.
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

    public static string[] Split(string list) =>
        list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
