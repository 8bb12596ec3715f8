using System.Runtime.InteropServices;

namespace Pacil.Data;

/// <summary>What this process writes holds password hashes and keys: only its own user may read it.</summary>
internal static class PrivateFiles
{
    private const uint OwnerOnly = 0b000_111_111;
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Files and folders made from now on are private, those of pg_dump, too: umask(2) is inherited.</summary>
    public static void SetMask()
    {
        if (!OperatingSystem.IsWindows()) _ = SetMask(OwnerOnly);
    }

    /// <summary>The same for a folder of data that an earlier version has made.</summary>
    public static void Restrict(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            System.IO.File.SetUnixFileMode(folder, Folder);
            foreach (var file in Directory.EnumerateFiles(folder, "pacil.db*"))
                System.IO.File.SetUnixFileMode(file, File);
        }
        catch (UnauthorizedAccessException)
        {
            // A folder of another user, who lets this one write to it, and decides who else may.
        }
    }

    /// <summary>A socket is as open as a port of this machine: a proxy is another user.</summary>
    public static void OpenSocket(string path)
    {
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(path, File | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
                | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
    }

    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint SetMask(uint mask);
}
