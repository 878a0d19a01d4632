using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Memory for a build, outside the collected heap, in slabs of one size: what one pass has read the next one fills. Any thread may ask.
/// Of ordinary pages: in a virtual machine whose host takes back free large pages, a large one costs twenty times as much at its first touch.
/// </summary>
internal sealed unsafe class Slabs : IDisposable
{
    public const int Bytes = 4 << 20;

    private readonly List<nint> _all = [];
    private readonly Stack<nint> _free = new();

    /// <summary>A slab with anything in it.</summary>
    public nint Rent()
    {
        lock (_all)
        {
            if (_free.TryPop(out var slab)) return slab;
            _all.Add((nint)NativeMemory.Alloc(Bytes));
            return _all[^1];
        }
    }

    /// <summary>Takes back a slab whose content nobody needs any more.</summary>
    public void Return(Draft.Slab slab)
    {
        lock (_all) _free.Push(slab.Start);
    }

    public void Dispose()
    {
        foreach (var slab in _all) NativeMemory.Free((void*)slab);
        _all.Clear();
        _free.Clear();
    }
}
