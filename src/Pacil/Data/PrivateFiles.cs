using System.Runtime.InteropServices;

namespace Pacil.Data;

/// <summary>Files of this process hold password hashes and keys: only its own user may read them.</summary>
internal static class PrivateFiles
{
    private const uint OwnerOnly = 0b000_111_111;
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes new files and folders private, also those of pg_dump, which inherits the umask.</summary>
    public static void SetMask()
    {
        if (!OperatingSystem.IsWindows()) _ = SetMask(OwnerOnly);
    }

    /// <summary>Makes an existing data folder private, which an earlier version may have created.</summary>
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
            // The folder belongs to another user, who lets this one write to it and decides who else may.
        }
    }

    /// <summary>Opens a Unix socket to all users, as a port would be: a proxy runs as another user.</summary>
    public static void OpenSocket(string path)
    {
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(path, File | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
                | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
    }

    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint SetMask(uint mask);
}
