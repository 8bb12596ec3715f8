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

    /// <param name="statementMax">How long a statement may take; a read has a deadline of its own.</param>
    public static NpgsqlDataSource Make(NpgsqlConnectionStringBuilder settings, TimeSpan statementMax)
    {
        // Nothing is ever set for longer than a transaction but this, so nothing needs to be put back.
        settings.NoResetOnClose = true;
        settings.CommandTimeout = Math.Max(settings.CommandTimeout, (int)(statementMax + Lead).TotalSeconds);
        var limits = string.Create(CultureInfo.InvariantCulture,
            $"""
            set idle_in_transaction_session_timeout = {IdleInWriteMax.TotalMilliseconds};
            set statement_timeout = {statementMax.TotalMilliseconds}
            """);
        var made = new NpgsqlDataSourceBuilder(settings.ConnectionString);
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
}
