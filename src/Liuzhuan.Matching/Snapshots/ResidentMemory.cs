using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Memory outside the collected heap on 2 MiB boundaries, for which the system is asked to use large pages: a lookup at random
/// then misses the address cache far less often. Given back when nothing refers to it any more.
/// </summary>
internal sealed unsafe partial class ResidentMemory : IDisposable
{
    private const nuint LargePage = 2 << 20;
    private const int UseLargePages = 14;

    public ResidentMemory(long length)
    {
        var bytes = ((nuint)length + LargePage - 1) & ~(LargePage - 1);
        Base = (byte*)NativeMemory.AlignedAlloc(bytes, LargePage);
        // Only advice: without large pages everything works, a little slower.
        if (OperatingSystem.IsLinux()) _ = Advise(Base, bytes, UseLargePages);
        GC.AddMemoryPressure((long)bytes);
        _pressure = (long)bytes;
    }

    private readonly long _pressure;

    ~ResidentMemory() => Free();

    public byte* Base { get; private set; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Base is null) return;
        NativeMemory.AlignedFree(Base);
        Base = null;
        GC.RemoveMemoryPressure(_pressure);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint length, int advice);
}
