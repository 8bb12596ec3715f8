using System.Runtime.InteropServices;

namespace Pacil.Data;

/// <summary>
/// Sets file permissions. The data files contain password hashes and keys, so only the operating system user that runs
/// Pacil may read them.
/// </summary>
internal static class PrivateFiles
{
    private const uint OwnerOnly = 0b000_111_111;
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Sets the umask of this process, so that all new files and folders are private. Child processes such as pg_dump
    /// inherit the umask.
    /// </summary>
    public static void SetMask()
    {
        if (!OperatingSystem.IsWindows()) _ = SetMask(OwnerOnly);
    }

    /// <summary>
    /// Makes an existing data folder and its database files private. An earlier version of Pacil may have created them
    /// with permissions for other users.
    /// </summary>
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
            // The folder belongs to another operating system user, and only its owner can change the permissions.
        }
    }

    /// <summary>
    /// Lets all operating system users connect to a Unix socket, because a reverse proxy runs as another user. The
    /// socket is then as open as a TCP port, to which all users can connect, too.
    /// </summary>
    public static void OpenSocket(string path)
    {
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(path, File | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
                | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
    }

    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint SetMask(uint mask);
}
