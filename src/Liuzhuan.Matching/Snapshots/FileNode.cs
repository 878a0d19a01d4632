using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Which file a path leads to, whatever it is called there. Known on Linux only.</summary>
public static partial class FileNode
{
    internal const int CurrentDirectory = -100, StatusBytes = 256;

    private const int OwnerAt = 20, GroupAt = 24, InodeAt = 32, DeviceAt = 136;
    private const uint OwnerWanted = 0x18, InodeWanted = 0x100;

    /// <summary>Device and inode, final links followed; null where there is no file, or the system does not tell.</summary>
    public static (ulong Device, ulong Inode)? Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var status = new byte[StatusBytes];
        if (Statx(CurrentDirectory, path, 0, InodeWanted, status) != 0) return null;
        return (BinaryPrimitives.ReadUInt64LittleEndian(status.AsSpan(DeviceAt)), BinaryPrimitives.ReadUInt64LittleEndian(status.AsSpan(InodeAt)));
    }

    /// <summary>Gives a file to the owner and group of another one, where the process may do so (as root); left as it is otherwise.</summary>
    public static void OwnAs(string path, string other)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return;
        var status = new byte[StatusBytes];
        if (Statx(CurrentDirectory, other, 0, OwnerWanted, status) == 0) _ = Chown(path, BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(OwnerAt)), BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(GroupAt)));
    }

    /// <summary>What Linux knows of a file (statx(2)): the same 256 bytes on every architecture, as those of stat are not. Not 0 when it fails.</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Statx(int directory, string path, int flags, uint mask, [Out] byte[] status);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint owner, uint group);
}
