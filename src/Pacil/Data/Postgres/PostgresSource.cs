using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Pacil.Data.Postgres;

/// <summary>Makes the connection pool for PostgreSQL, and sets the time limits that the server enforces.</summary>
internal static class PostgresSource
{
    /// <summary>
    /// The server ends a transaction that has been idle for this time, for example because the client crashed or lost
    /// its network. Until then, the transaction's locks block all other writes to the same feeds.
    /// </summary>
    public static readonly TimeSpan IdleInWriteMax = TimeSpan.FromSeconds(10);

    /// <summary>The time that the client waits for a statement after the server's time limit has passed.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(5);

    /// <summary>The default number of prepared statements per connection.</summary>
    private const int PreparedMax = 200;

    /// <summary>
    /// The default number of connections, so that four processes need fewer than the hundred that PostgreSQL allows by
    /// default. Reads and writes wait for a free connection.
    /// </summary>
    private const int ConnectionsMax = 20;

    /// <param name="server">
    /// The connection string. It may override the numbers of connections and of prepared statements.
    /// </param>
    /// <param name="statementMax">The server's time limit for each statement.</param>
    /// <param name="isLent">
    /// Whether a pooler lends connections for a transaction only. If so, no statement is prepared by default, and each
    /// write must set the time limits itself.
    /// </param>
    public static NpgsqlDataSource Make(
        NpgsqlConnectionStringBuilder server, TimeSpan statementMax, bool isLent = false)
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            // A connection that returns to the pool needs no reset: its only session settings are the time limits,
            // which are the same for all work.
            NoResetOnClose = true,
            CommandTimeout = Math.Max(server.CommandTimeout, (int)(statementMax + Lead).TotalSeconds),
            // PostgresTransaction must know which of the statements has failed that it has sent together.
            IncludeFailedBatchedCommand = true,
            MaxPoolSize = Says(server, "Maximum Pool Size") ? server.MaxPoolSize : ConnectionsMax,
            MaxAutoPrepare = SaysPrepared(server) ? server.MaxAutoPrepare : isLent ? 0 : PreparedMax,
        };
        var made = Builder(settings);
        if (isLent) return made.Build();
        var limits = string.Join(';', Limits("set", statementMax));
        made.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(limits, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(limits, connection);
                await command.ExecuteNonQueryAsync();
            });
        return made.Build();
    }

    /// <summary>Starts a data source, for other settings than those of the pool.</summary>
    public static NpgsqlDataSourceBuilder Builder(NpgsqlConnectionStringBuilder settings) =>
        // Npgsql knows every type that Pacil uses, so it need not read the server's list of types at each start.
        new NpgsqlDataSourceBuilder(settings.ConnectionString)
            .ConfigureTypeLoading(types => types.EnableTypeLoading(false));

    /// <param name="set"><c>set</c> for a session, or <c>set local</c> for a transaction.</param>
    /// <returns>The statements that set the time limits.</returns>
    public static string[] Limits(string set, TimeSpan statementMax) =>
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"{set} idle_in_transaction_session_timeout = {IdleInWriteMax.TotalMilliseconds}"),
        string.Create(CultureInfo.InvariantCulture, $"{set} statement_timeout = {statementMax.TotalMilliseconds}"),
    ];

    /// <summary>Whether the connection string sets Max Auto Prepare.</summary>
    public static bool SaysPrepared(NpgsqlConnectionStringBuilder server) => Says(server, "Max Auto Prepare");

    /// <summary>
    /// Whether the connection string sets a keyword. Npgsql's own builder cannot tell, because its <c>ContainsKey</c>
    /// returns true for every keyword of Npgsql.
    /// </summary>
    private static bool Says(NpgsqlConnectionStringBuilder server, string keyword) =>
        new DbConnectionStringBuilder { ConnectionString = server.ConnectionString }.ContainsKey(keyword);
}
