namespace Liuzhuan.Matching;

/// <summary>
/// Collects whom questions are about, for those who must keep a record of it: every usable citizen number asked, whatever became of it, in the key,
/// in both keys of a pair or in an asked field; and the numbers to which a replaced one led. One for a batch; any number of threads may add.
/// </summary>
public sealed class TouchedNumbers
{
    private readonly Lock _adding = new();
    private ulong[] _numbers = [];
    private int _count;

    /// <summary>Packed as <see cref="Values.CitizenNumber.Packed"/>, in no order, some perhaps more than once. To be read when the batch is done.</summary>
    public ReadOnlyMemory<ulong> Numbers => _numbers.AsMemory(0, _count);

    /// <summary>Begins anew, for the next question of the same matcher.</summary>
    public void Clear() => _count = 0;

    internal void Add(ulong number)
    {
        lock (_adding) Room(1)[0] = number;
    }

    /// <summary>Adds all keys that an index has seen: each number of a batch once, at no cost while its rows are decided.</summary>
    internal void Add(Delimited.DuplicateIndex index)
    {
        lock (_adding) index.CopyKeys(Room(checked((int)index.Count)));
    }

    private Span<ulong> Room(int count)
    {
        var least = checked(_count + count);
        if (least > _numbers.Length) Array.Resize(ref _numbers, Math.Max(least, _numbers.Length * 2));
        var room = _numbers.AsSpan(_count, count);
        _count = least;
        return room;
    }
}
