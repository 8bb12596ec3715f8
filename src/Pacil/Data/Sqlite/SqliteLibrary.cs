using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Pacil.Data.Sqlite;

/// <summary>
/// Loads the native library: the system's, which the system keeps patched, if it is present and new enough; else the
/// bundled one. See docs/adr/0021-two-sqlite-libraries.md.
/// </summary>
internal static class SqliteLibrary
{
    /// <summary>The oldest version with everything that the statements use, in SQLite's own numbering: 3.38.</summary>
    private const int VersionMin = 3_038_000;

    private static readonly Lazy<bool> Loaded = new(Load);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();

    /// <summary>Loads the library once per process, before its first connection.</summary>
    /// <exception cref="InvalidOperationException">There is no library for this machine.</exception>
    public static void Require() => _ = Loaded.Value;

    private static bool Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        try
        {
            // A connection serves one thread at a time, and nobody reads the memory statistics. Without SQLite's locks
            // and counters, a list is read a fifth faster.
            if (raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD) != raw.SQLITE_OK
                || raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0) != raw.SQLITE_OK)
                throw new InvalidOperationException("SQLite takes no settings: it is built for one thread only.");
        }
        catch (DllNotFoundException e)
        {
            throw new InvalidOperationException(
                $"Pacil brings no SQLite for {RuntimeInformation.RuntimeIdentifier}; install the system's "
                + "(on Debian: apt-get install libsqlite3-0).", e);
        }
        return true;
    }

    /// <returns>0 lets .NET find the library itself, which is the bundled one.</returns>
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        // Tests run with both libraries.
        if (name != "e_sqlite3" || Environment.GetEnvironmentVariable("PACIL_TEST_SQLITE") == "bundled") return 0;
        var system = OperatingSystem.IsWindows() ? "winsqlite3"
            : OperatingSystem.IsMacOS() ? "libsqlite3.dylib"
            : "libsqlite3.so.0";
        return NativeLibrary.TryLoad(system, out var library) && IsNewEnough(library) ? library : 0;
    }

    private static bool IsNewEnough(nint library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var version)
        && Marshal.GetDelegateForFunctionPointer<VersionNumber>(version)() >= VersionMin;
}
