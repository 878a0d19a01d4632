using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Liuzhuan.Platform.Files;

/// <summary>Tells whether two paths name the same file, through links of either kind, so that no job writes over its own input.</summary>
internal static class FileIdentity
{
    private const int CurrentDirectory = -100, StatxSize = 256, InodeAt = 32, DeviceAt = 136;
    private const uint InodeWanted = 0x100;
    private const int AccessDenied = 13;

    public static bool Same(string first, string second)
    {
        var (one, other) = (Real(first), Real(second));
        if (string.Equals(one, other, StringComparison.Ordinal)) return true;
        // Names that differ in case only are two files on Linux; on other systems, and where one is not there yet, they are taken as one.
        if (string.Equals(one, other, StringComparison.OrdinalIgnoreCase) && (!OperatingSystem.IsLinux() || !File.Exists(first) || !File.Exists(second))) return true;
        return (Inode(first), Inode(second)) switch
        {
            ({ } inode, { } otherInode) => inode == otherInode,
            (null, null) => SameNewFile(one, other),
            _ => false,
        };
    }

    /// <summary>The full path with a final symbolic link followed; the path itself when nothing is there yet.</summary>
    /// <exception cref="UnauthorizedAccessException">It lies in a directory that may not be searched.</exception>
    public static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        // Mostly there is no link, and often no file yet: to ask where it leads would fail, which takes milliseconds the first time. Where nobody may look it must fail.
        if (OperatingSystem.IsLinux() && new FileInfo(full).LinkTarget is null && !IsDenied(full)) return full;
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full;
        }
    }

    // Neither is there yet; their directories may be one, reached through a link.
    private static bool SameNewFile(string first, string second) =>
        string.Equals(Path.GetFileName(first), Path.GetFileName(second), StringComparison.OrdinalIgnoreCase)
        && Path.GetDirectoryName(first) is { } one && Path.GetDirectoryName(second) is { } other && Inode(one) is { } inode && inode == Inode(other);

    private static bool IsDenied(string path) => Statx(CurrentDirectory, path, 0, InodeWanted, new byte[StatxSize]) != 0 && Marshal.GetLastPInvokeError() == AccessDenied;

    // statx has the same layout on every Linux architecture; stat has not.
    private static (ulong Device, ulong Inode)? Inode(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var status = new byte[StatxSize];
        if (Statx(CurrentDirectory, path, 0, InodeWanted, status) != 0) return null;
        return (BinaryPrimitives.ReadUInt64LittleEndian(status.AsSpan(DeviceAt)), BinaryPrimitives.ReadUInt64LittleEndian(status.AsSpan(InodeAt)));
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);
}
