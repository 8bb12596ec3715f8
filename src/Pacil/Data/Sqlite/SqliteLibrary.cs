using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Pacil.Data.Sqlite;

/// <summary>
/// Loads the native SQLite library. If the operating system has a library that is new enough, Pacil uses it, because
/// the system's updates keep it patched. Otherwise Pacil uses its bundled library. See
/// docs/adr/0021-two-sqlite-libraries.md.
/// </summary>
internal static class SqliteLibrary
{
    /// <summary>Version 3.38, in SQLite's numbering. Older versions lack SQL features that Pacil uses.</summary>
    private const int VersionMin = 3_038_000;

    private static readonly Lazy<bool> Loaded = new(Load);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();

    /// <summary>Loads the library, if it is not loaded yet. Must be called before a connection is opened.</summary>
    /// <exception cref="InvalidOperationException">There is no library for this machine.</exception>
    public static void Require() => _ = Loaded.Value;

    private static bool Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        try
        {
            // Turn off the mutexes of connections, because only one thread at a time uses a connection. Turn off the
            // memory statistics, because nothing reads them. These two settings make reading a list 20 % faster.
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

    /// <returns>The handle of the system's library, or 0. For 0, .NET loads the bundled library.</returns>
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        // Tests set this variable, so that they run with the bundled library even if the system has one.
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
