using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Puts a finished file in place so that a crash leaves the old one or the new one, never neither.</summary>
public static partial class DurableFile
{
    private const int ReadOnly = 0;
    private const uint BeginWriting = 2;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>Renames <paramref name="temporary"/> (already flushed to disk, in the same directory) over <paramref name="path"/> and makes the rename durable.</summary>
    public static void Replace(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
    }

    /// <summary>
    /// Removes the unfinished files that killed writers of <paramref name="path"/> left beside it: named after it, with a random part and <paramref name="ending"/>.
    /// A writer holds its file open until it is in place, so what can be had exclusively is nobody's. To be called by a writer that holds <paramref name="own"/>;
    /// where even that can be had exclusively, the file system knows no locks and nothing is removed.
    /// </summary>
    public static void RemoveLeftovers(string path, string own, string ending = ".tmp")
    {
        var full = Path.GetFullPath(path);
        var isOwnHeld = false;
        foreach (var file in new DirectoryInfo(Path.GetDirectoryName(full)!).EnumerateFiles("*" + ending, new EnumerationOptions { AttributesToSkip = 0 }))
        {
            if (!IsTemporaryOf(Path.GetFileName(full), file.Name, ending) || file.FullName == Path.GetFullPath(own)) continue;
            if (!isOwnHeld && !(isOwnHeld = IsHeld(own))) return;
            if (!IsNew(file) && !IsHeld(file.FullName)) File.Delete(file.FullName);
        }
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

    /// <summary>Has the system begin to bring a written part of a file to the disk, without waiting for it. Only advice: what makes it durable is the flush at the end.</summary>
    internal static void BeginFlush(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux()) _ = SyncRange(file, offset, length, BeginWriting);
    }

    private static bool IsTemporaryOf(ReadOnlySpan<char> target, ReadOnlySpan<char> name, string ending)
    {
        if (!name.StartsWith(target, StringComparison.Ordinal) && name is ['.', ..]) name = name[1..];
        if (!name.StartsWith(target, StringComparison.Ordinal) || name.Length <= target.Length + 1 + ending.Length || name[target.Length] != '.') return false;
        var random = name[(target.Length + 1)..^ending.Length];
        if (random.Length is not (16 or 32)) return false;
        foreach (var digit in random)
        {
            if (!char.IsAsciiHexDigitLower(digit)) return false;
        }

        return true;
    }

    // Between making a file and holding it lies an instant; an empty file may be in it. The folder tells the time at which its last file was made.
    private static bool IsNew(FileInfo file) => file is { Exists: true, Length: 0 } && file.Directory!.LastWriteTimeUtc - file.LastWriteTimeUtc < Fresh;

    private static bool IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            return false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncRange(SafeFileHandle file, long offset, long length, uint what);
}
