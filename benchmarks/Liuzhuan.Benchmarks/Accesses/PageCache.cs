using System.Runtime.InteropServices;

namespace Liuzhuan.Benchmarks.Accesses;

/// <summary>Puts files out of the system's memory, so that the next read of them goes to the disk.</summary>
internal static partial class PageCache
{
    private const int DoNotNeed = 4;

    public static void Forget(string path)
    {
        foreach (var file in File.Exists(path) ? [path] : Directory.GetFiles(path, "*", SearchOption.AllDirectories))
        {
            using var opened = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            opened.Flush(flushToDisk: true);
            _ = Advise((int)opened.SafeFileHandle.DangerousGetHandle(), 0, 0, DoNotNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(int file, long offset, long length, int advice);
}
