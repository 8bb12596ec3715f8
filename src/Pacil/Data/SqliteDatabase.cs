using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pacil.Data;

/// <summary>
/// The embedded database: one file in the data folder, write-ahead logged and synchronous, so that what was
/// answered survives a power cut. One thread writes (<see cref="SqliteWriter"/>), readers never wait for it.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    /// <summary>The oldest SQLite with everything the statements here use.</summary>
    private static readonly Version LibraryMin = new(3, 38);

    private readonly string connectionString;
    private readonly SqliteWatch watch = new();
    private readonly SqliteReaders readers;
    private readonly SqliteWriter writer;

    static SqliteDatabase()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, SystemLibrary);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
    }

    /// <param name="folder">Where <c>pacil.db</c> is, or shall be made.</param>
    /// <exception cref="InvalidOperationException">The system's SQLite library is missing or too old.</exception>
    public SqliteDatabase(
        string folder, Deadlines deadlines, TimeProvider time, ILogger<Database> log) : base(log)
    {
        CheckLibrary();
        Directory.CreateDirectory(folder);
        PrivateFiles.Restrict(folder);
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, "pacil.db"),
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString();
        readers = new SqliteReaders(() => Open("pragma query_only = on"), watch, deadlines.Read);
        var written = Open("pragma synchronous = full; pragma foreign_keys = on");
        watch.Add(written);
        writer = new SqliteWriter(written, deadlines.Write, time, Announce);
    }

    public override Dialect Dialect => Dialect.Sqlite;

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
        writer.Write(actor, apply, cancellation);

    public override Task Backup(string file, CancellationToken cancellation)
    {
        using var source = Open("pragma query_only = on");
        SqliteBackup.Copy(source, file);
        return Task.CompletedTask;
    }

    public override async Task Restore(string file, CancellationToken cancellation)
    {
        // Nothing of this process may hold the file, or it could not be told from another's.
        await DisposeAsync();
        SqliteBackup.Restore(file, connectionString);
    }

    public override async ValueTask DisposeAsync()
    {
        await watch.DisposeAsync();
        writer.Dispose();
        readers.Dispose();
    }

    private SqliteStatements Open(string pragmas)
    {
        var connection = new SqliteStatements(connectionString);
        connection.Open();
        connection.Execute("pragma journal_mode = wal");
        foreach (var pragma in pragmas.Split(';')) connection.Execute(pragma);
        return connection;
    }

    private static void CheckLibrary()
    {
        string version;
        try
        {
            version = raw.sqlite3_libversion().utf8_to_string();
        }
        catch (DllNotFoundException e)
        {
            throw new InvalidOperationException(
                "SQLite is not installed. On Debian: apt-get install libsqlite3-0", e);
        }
        if (Version.Parse(version) < LibraryMin)
            throw new InvalidOperationException($"SQLite {version} is too old; Pacil needs {LibraryMin} or newer.");
    }

    /// <summary>The distribution's own library, which the distribution keeps patched.</summary>
    private static nint SystemLibrary(string name, Assembly assembly, DllImportSearchPath? path) =>
        name != "e_sqlite3" ? 0
        : OperatingSystem.IsWindows() ? NativeLibrary.Load("winsqlite3")
        : OperatingSystem.IsMacOS() ? NativeLibrary.Load("libsqlite3.dylib")
        : NativeLibrary.Load("libsqlite3.so.0");
}
