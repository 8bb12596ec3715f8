using Microsoft.Data.Sqlite;

namespace Pacil.Data.Sqlite;

/// <summary>
/// The embedded database: one file in the data folder, with a write-ahead log and synchronous commits, so that an
/// answered write survives a power failure. One thread writes (<see cref="SqliteWriter"/>); readers never wait for it.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    private readonly string folder;
    private readonly SqliteWatch watch = new();
    private readonly SqliteReaders readers;
    private readonly Lazy<SqliteWriter> writer;

    /// <param name="folder">Where <c>pacil.db</c> is, or where the first write creates it.</param>
    /// <exception cref="InvalidOperationException">There is no SQLite library.</exception>
    public SqliteDatabase(
        string folder, Deadlines deadlines, TimeProvider time, ILogger<Database> log) : base(log)
    {
        SqliteLibrary.Require();
        this.folder = Path.GetFullPath(folder);
        readers = new SqliteReaders(OpenReader, watch, deadlines.Read);
        writer = new(() => new SqliteWriter(OpenWriter(), deadlines.Write, time, Announce));
    }

    public override Dialect Dialect => Dialect.Sqlite;

    public override string Place => $"in {folder}";

    private string File => Path.Combine(folder, "pacil.db");

    public override async Task<T> Read<T>(Func<Connection, Task<T>> query, CancellationToken cancellation)
    {
        try
        {
            return await readers.Read(
                connection => query(new Connection(connection, Dialect, cancellation)), cancellation);
        }
        catch (SqliteException e) when (SqliteErrors.IsInterrupted(e))
        {
            cancellation.ThrowIfCancellationRequested();
            throw DatabaseUnavailable.Late(e);
        }
        catch (SqliteException e) when (SqliteErrors.IsOutage(e))
        {
            throw new DatabaseUnavailable("SQLite cannot read.", e);
        }
    }

    public override Task<T> Write<T>(
        Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation) =>
        writer.Value.Write(actor, apply, cancellation);

    public override Task Backup(string file, CancellationToken cancellation)
    {
        using var source = OpenReader();
        SqliteBackup.Copy(source, file);
        return Task.CompletedTask;
    }

    public override async Task Restore(string file, CancellationToken cancellation)
    {
        // Close this process's own connections, because the restore fails while anybody has the file open.
        await DisposeAsync();
        Directory.CreateDirectory(folder);
        SqliteBackup.Restore(file, File);
    }

    public override async ValueTask DisposeAsync()
    {
        await watch.DisposeAsync();
        if (writer.IsValueCreated) writer.Value.Dispose();
        readers.Dispose();
    }

    protected override async Task<bool> HasData(CancellationToken cancellation) =>
        System.IO.File.Exists(File) && await base.HasData(cancellation);

    private SqliteStatements OpenWriter()
    {
        try
        {
            Directory.CreateDirectory(folder);
            PrivateFiles.Restrict(folder);
            var opened = Open(
                SqliteOpenMode.ReadWriteCreate, "pragma synchronous = full", "pragma foreign_keys = on");
            watch.Add(opened);
            return opened;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or SqliteException)
        {
            throw new InvalidOperationException($"The data {Place} cannot be opened: {e.Message}", e);
        }
    }

    private SqliteStatements OpenReader() => Open(SqliteOpenMode.ReadWrite, "pragma query_only = on");

    private SqliteStatements Open(SqliteOpenMode mode, params string[] pragmas)
    {
        var connection = new SqliteStatements(new SqliteConnectionStringBuilder
        {
            DataSource = File,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString());
        connection.Open();
        connection.Execute("pragma journal_mode = wal");
        // Deleted content is overwritten in the file. Debian's library does so by default, others do not.
        connection.Execute("pragma secure_delete = on");
        foreach (var pragma in pragmas) connection.Execute(pragma);
        return connection;
    }
}
