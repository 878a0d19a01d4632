using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Zeroed memory outside the collected heap on 2 MiB boundaries, for which the system is asked to use large pages: a lookup at random
/// then misses the address cache far less often. Given back when nothing refers to it any more.
/// </summary>
public sealed unsafe partial class ResidentMemory : IDisposable
{
    private const nuint LargePage = 2 << 20;
    private const int UseLargePages = 14;

    private readonly bool _isCounted;
    private readonly void* _memory;

    /// <param name="length">Bytes, at least.</param>
    /// <param name="isCounted">Whether the collector is told of it: of what is given back only when nothing refers to it any more, not of what its owner gives back.</param>
    public ResidentMemory(long length, bool isCounted = true)
    {
        var bytes = ((nuint)length + LargePage - 1) & ~(LargePage - 1);
        // So much comes from the system as pages that are zero, and stays untouched until it is used: clearing it would be done twice, and by one thread.
        _memory = NativeMemory.AllocZeroed(bytes + LargePage);
        Base = (byte*)(((nuint)_memory + LargePage - 1) & ~(LargePage - 1));
        // Only advice: without large pages everything works, a little slower.
        if (OperatingSystem.IsLinux()) _ = Advise(Base, bytes, UseLargePages);
        Length = (long)bytes;
        _isCounted = isCounted;
        if (isCounted) GC.AddMemoryPressure(Length);
    }

    ~ResidentMemory() => Free();

    /// <summary>Where it begins; null when it was given back.</summary>
    internal byte* Base { get; private set; }

    /// <summary>Bytes, a multiple of 2 MiB.</summary>
    public long Length { get; }

    /// <summary>All of it as values; there are at most as many as a span can hold.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public Span<T> Span<T>()
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(Base is null, this);
        return new Span<T>(Base, checked((int)(Length / sizeof(T))));
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Base is null) return;
        NativeMemory.Free(_memory);
        Base = null;
        if (_isCounted) GC.RemoveMemoryPressure(Length);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint length, int advice);
}
