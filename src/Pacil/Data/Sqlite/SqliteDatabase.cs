using Microsoft.Data.Sqlite;

namespace Pacil.Data.Sqlite;

/// <summary>
/// The embedded database: one file in the data folder, with a write-ahead log. Each commit is synchronous: when the
/// client gets the response, the write is on disk and survives a power failure. Only one thread writes (see
/// <see cref="SqliteWriter"/>), and readers never wait for the writer.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    private readonly string folder;
    private readonly SqliteWatch watch = new();
    private readonly SqliteReaders readers;
    private readonly Lazy<SqliteWriter> writer;

    /// <param name="folder">The folder of <c>pacil.db</c>. The first write creates the folder and the file.</param>
    /// <exception cref="InvalidOperationException">There is no SQLite library for this machine.</exception>
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
        Actor actor, Func<WriteTransaction, Task<T>> apply, CancellationToken cancellation, long? workspace = null) =>
        writer.Value.Write(actor, apply, cancellation);

    public override Task Backup(string file, CancellationToken cancellation)
    {
        using var source = OpenReader();
        SqliteBackup.Copy(source, file);
        return Task.CompletedTask;
    }

    public override async Task Restore(string file, CancellationToken cancellation)
    {
        // Close the connections of this process: the restore fails while any other connection has the file open.
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
        // Overwrite deleted content in the file. Debian's SQLite does so by default, other builds do not.
        connection.Execute("pragma secure_delete = on");
        foreach (var pragma in pragmas) connection.Execute(pragma);
        return connection;
    }
}
