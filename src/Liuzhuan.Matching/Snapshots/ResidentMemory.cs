using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Zeroed memory outside the collected heap on 2 MiB boundaries, for which the system is asked to use large pages: a lookup at random
/// then misses the address cache far less often. Given back when nothing refers to it any more.
/// </summary>
public sealed unsafe partial class ResidentMemory : IDisposable
{
    private const nuint LargePage = 2 << 20;
    private const int UseLargePages = 14, ReadAndWrite = 3, PrivateAnonymous = 0x22;

    private readonly bool _isCounted;
    private readonly void* _memory;

    /// <param name="length">Bytes, at least.</param>
    /// <param name="isCounted">Whether the collector is told of it: of what is given back only when nothing refers to it any more, not of what its owner gives back.</param>
    public ResidentMemory(long length, bool isCounted = true)
    {
        var bytes = ((nuint)length + LargePage - 1) & ~(LargePage - 1);
        _memory = Take(bytes + LargePage);
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
        if (OperatingSystem.IsLinux()) _ = Unmap(_memory, (nuint)Length + LargePage);
        else NativeMemory.Free(_memory);
        Base = null;
        if (_isCounted) GC.RemoveMemoryPressure(Length);
    }

    // From the system and back to it: pages are zero and untouched until they are used, so that nobody clears them a second time, and what stood in them is gone with them.
    // The library's own memory goes back to its heap as it is, and comes from there to be cleared.
    private static void* Take(nuint bytes)
    {
        if (!OperatingSystem.IsLinux()) return NativeMemory.AllocZeroed(bytes);
        var memory = Map(null, bytes, ReadAndWrite, PrivateAnonymous, -1, 0);
        return memory == (void*)-1 ? throw new InsufficientMemoryException($"The system has no {bytes} bytes of memory to give.") : memory;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint length, int advice);
}
