using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Pacil.Data;

/// <summary>The connections to PostgreSQL, and what the server itself holds them to.</summary>
internal static class PostgresSource
{
    /// <summary>
    /// The server ends a write that says nothing for so long, because its process or the way to it is gone: until
    /// then nobody else can write to the same feed.
    /// </summary>
    public static readonly TimeSpan IdleInWriteMax = TimeSpan.FromSeconds(10);

    /// <summary>The server gives up a statement before its client does.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(5);

    /// <summary>Statements that each connection keeps prepared, where the connection string does not say.</summary>
    private const int PreparedMax = 200;

    /// <param name="server">May say itself how many statements a connection keeps prepared.</param>
    /// <param name="statementMax">How long a statement may take; a read has a deadline of its own.</param>
    /// <param name="isLent">
    /// A pooler lends the server's processes: nothing is prepared, and limits are set in each write.
    /// </param>
    public static NpgsqlDataSource Make(
        NpgsqlConnectionStringBuilder server, TimeSpan statementMax, bool isLent = false)
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            // Nothing is ever set for longer than a transaction but the limits, so nothing needs to be put back.
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

    /// <param name="set"><c>set</c>, for a session, or <c>set local</c>, for a transaction.</param>
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
