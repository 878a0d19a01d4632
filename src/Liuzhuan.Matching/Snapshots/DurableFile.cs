using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Puts a finished file in place so that a crash leaves the old one or the new one, never neither.</summary>
public static partial class DurableFile
{
    private const int ReadOnly = 0;

    /// <summary>Renames <paramref name="temporary"/> (already flushed to disk, in the same directory) over <paramref name="path"/> and makes the rename durable.</summary>
    public static void Replace(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
    }

    /// <summary>Makes created, renamed and deleted names in a directory durable. A file system without that ability is left as it is.</summary>
    public static void FlushDirectory(string directory)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return;
        var handle = Open(directory, ReadOnly);
        if (handle < 0) return;
        _ = Flush(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
