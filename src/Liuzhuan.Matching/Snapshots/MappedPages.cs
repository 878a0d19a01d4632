using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Has pages of a mapped file entered into the address space many at a time: one page fault for each handful of them costs more than reading them.</summary>
internal static unsafe partial class MappedPages
{
    private const int DoNotNeed = 4, UseLargePages = 14, PopulateForReading = 22;
    private const long Piece = 32 << 20;

    /// <summary>Only advice, known to Linux since 5.14: elsewhere pages come when they are touched.</summary>
    public static void Populate(byte* from, long length, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux()) return;
        // What must be read from the disk is then read into large pages.
        _ = Advise(from, (nuint)length, UseLargePages);
        for (long at = 0; at < length; at += Piece)
        {
            stop.ThrowIfCancellationRequested();
            if (Advise(from + at, (nuint)Math.Min(Piece, length - at), PopulateForReading) != 0) return;
        }
    }

    /// <summary>Takes pages out of the address space; whoever touches them again finds them as they were.</summary>
    public static void Leave(byte* from, long length)
    {
        if (OperatingSystem.IsLinux()) _ = Advise(from, (nuint)length, DoNotNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint length, int advice);
}
