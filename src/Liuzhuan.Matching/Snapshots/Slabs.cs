namespace Liuzhuan.Matching.Snapshots;

/// <summary>Memory for a build, outside the collected heap, in slabs of one size: what one pass has read the next one fills. Any thread may ask.</summary>
internal sealed unsafe class Slabs : IDisposable
{
    public const int Bytes = 4 << 20;

    private readonly List<ResidentMemory> _all = [];
    private readonly Stack<nint> _free = new();

    /// <summary>A slab with anything in it.</summary>
    public byte* Rent()
    {
        lock (_all)
        {
            if (_free.TryPop(out var slab)) return (byte*)slab;
            _all.Add(new ResidentMemory(Bytes));
            return _all[^1].Base;
        }
    }

    /// <summary>Takes back a slab whose content nobody needs any more.</summary>
    public void Return(Draft.Slab slab)
    {
        lock (_all) _free.Push(slab.Start);
    }

    public void Dispose()
    {
        foreach (var slab in _all) slab.Dispose();
        _all.Clear();
        _free.Clear();
    }
}
