using Microsoft.Data.Sqlite;

namespace Pacil.Data.Sqlite;

/// <summary>
/// Backs up and restores the database by SQLite's online backup API. A backup is one consistent snapshot, and other
/// connections can read and write while it runs.
/// </summary>
internal static class SqliteBackup
{
    /// <summary>
    /// Copies the database to a new file. The copy has a temporary name until it is complete, so that a file with the
    /// final name is always a complete backup.
    /// </summary>
    public static void Copy(SqliteConnection source, string file)
    {
        if (File.Exists(file)) throw new InvalidOperationException($"{file} is there already; name a new file.");
        var unfinished = $"{file}.unfinished";
        File.Delete(unfinished);
        try
        {
            using (var target = Connect(unfinished)) source.BackupDatabase(target);
            File.Move(unfinished, file);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The backup cannot be written to {file}.", e);
        }
    }

    /// <summary>
    /// Copies the backup, sets a new epoch in the copy, and replaces the database by the copy in one transaction. A
    /// previous database remains as <c>before-restore-….db</c> in the same folder.
    /// </summary>
    public static void Restore(string file, string database)
    {
        var folder = Path.GetDirectoryName(database)!;
        var copy = Path.Combine(folder, "restoring.db");
        File.Delete(copy);
        CopyChecked(file, copy);
        var isFirst = !File.Exists(database);
        using (var target = Connect(database))
        {
            Claim(target, database);
            if (!isFirst) Copy(target, Path.Combine(folder, $"before-restore-{Migrations.NewEpoch()}.db"));
            using var source = Connect(copy);
            Run(source, $"update meta set epoch = '{Migrations.NewEpoch()}'");
            source.BackupDatabase(target);
        }
        File.Delete(copy);
    }

    private static void CopyChecked(string file, string copy)
    {
        try
        {
            using var backup = Connect(Whole(file), SqliteOpenMode.ReadOnly);
            using var check = backup.CreateCommand();
            check.CommandText =
                "select (select integrity_check from pragma_integrity_check) || (select schema from meta)";
            if (check.ExecuteScalar() is not string answer || !answer.StartsWith("ok", StringComparison.Ordinal))
                throw new InvalidOperationException($"{file} is damaged.");
            Copy(backup, copy);
        }
        catch (SqliteException e)
        {
            throw new InvalidOperationException($"{file} is no backup of Pacil, or cannot be read.", e);
        }
    }

    /// <summary>
    /// The data source of a backup file. If no write-ahead log is next to the file, the file is complete. SQLite can
    /// then read it with immutable=1, which needs no write access to its folder.
    /// </summary>
    private static string Whole(string file) =>
        File.Exists($"{file}-wal") ? file : $"{new Uri(Path.GetFullPath(file)).AbsoluteUri}?immutable=1";

    /// <summary>Locks the database file for this connection alone, before any other statement of the restore.</summary>
    /// <exception cref="InvalidOperationException">Another process has the file open.</exception>
    private static void Claim(SqliteConnection target, string database)
    {
        try
        {
            Run(target, "pragma locking_mode = exclusive");
            Run(target, "begin immediate; commit");
        }
        catch (SqliteException e)
        {
            throw new InvalidOperationException($"Pacil is running on {database}; stop it first.", e);
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Connect(string file, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        connection.Open();
        return connection;
    }
}
