using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Pacil.Data.Postgres;

/// <summary>Makes the connections to PostgreSQL, with the limits that the server enforces.</summary>
internal static class PostgresSource
{
    /// <summary>
    /// The server ends a write that is idle for so long, because its process or network is gone. Until then nobody else
    /// can write to the same feed.
    /// </summary>
    public static readonly TimeSpan IdleInWriteMax = TimeSpan.FromSeconds(10);

    /// <summary>The server stops a statement this long before the client gives up.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(5);

    /// <summary>Prepared statements per connection, if the connection string does not say.</summary>
    private const int PreparedMax = 200;

    /// <param name="server">May set the number of prepared statements itself.</param>
    /// <param name="statementMax">The longest time for a statement; a read has its own deadline.</param>
    /// <param name="isLent">Behind a pooler: nothing is prepared, and each write sets the limits.</param>
    public static NpgsqlDataSource Make(
        NpgsqlConnectionStringBuilder server, TimeSpan statementMax, bool isLent = false)
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            // Nothing but the limits is set for longer than a transaction, so there is nothing to reset.
            NoResetOnClose = true,
            CommandTimeout = Math.Max(server.CommandTimeout, (int)(statementMax + Lead).TotalSeconds),
            MaxAutoPrepare = SaysPrepared(server) ? server.MaxAutoPrepare : isLent ? 0 : PreparedMax,
        };
        var made = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        if (isLent) return made.Build();
        var limits = Limits("set", statementMax);
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

    /// <param name="set"><c>set</c> for a session, or <c>set local</c> for a transaction.</param>
    public static string Limits(string set, TimeSpan statementMax) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {set} idle_in_transaction_session_timeout = {IdleInWriteMax.TotalMilliseconds};
        {set} statement_timeout = {statementMax.TotalMilliseconds}
        """);

    /// <summary><c>ContainsKey</c> of Npgsql's own builder is true for every name that it knows.</summary>
    public static bool SaysPrepared(NpgsqlConnectionStringBuilder server) =>
        new DbConnectionStringBuilder { ConnectionString = server.ConnectionString }.ContainsKey("Max Auto Prepare");
}
