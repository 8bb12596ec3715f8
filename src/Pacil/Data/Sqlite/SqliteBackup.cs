using Microsoft.Data.Sqlite;

namespace Pacil.Data.Sqlite;

/// <summary>Copies of the SQLite database by its online backup: one snapshot, whole pages, no pause.</summary>
internal static class SqliteBackup
{
    /// <summary>Writes under another name first, so that a file with the final name is always a whole backup.</summary>
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

    /// <summary>Renews the epoch in a copy of the backup; the copy replaces the database in one transaction.</summary>
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

    /// <summary>Without a log beside it the file is complete; immutable=1 then reads it without write access.</summary>
    private static string Whole(string file) =>
        File.Exists($"{file}-wal") ? file : $"{new Uri(Path.GetFullPath(file)).AbsoluteUri}?immutable=1";

    /// <summary>Locks the file before any other statement; fails while another process has the file open.</summary>
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
