namespace Liuzhuan.Matching;

/// <summary>
/// Collects whom questions are about, for those who must keep a record of it: every usable citizen number asked, whatever became of it, in the key,
/// in both keys of a pair or in an asked field; and the numbers to which a replaced one led. One for a batch; any number of threads may add.
/// Memory of a long batch goes to the next one when this is disposed of, and back to the system when nothing refers to it any more.
/// </summary>
public sealed class TouchedNumbers : IDisposable
{
    private readonly Lock _adding = new();
    private ulong[] _numbers = [];
    private int _count;
    private Delimited.SeenNumbers? _seen;

    /// <summary>Packed as <see cref="Values.CitizenNumber.Packed"/>, in no order, some perhaps more than once. To be read when the batch is done.</summary>
    public ReadOnlyMemory<ulong> Numbers => _seen?.Memory ?? _numbers.AsMemory(0, _count);

    /// <summary>Begins anew, for the next question of the same matcher.</summary>
    public void Clear()
    {
        GiveBack();
        _numbers.AsSpan(0, _count).Clear();
        _count = 0;
    }

    /// <summary>Wipes the numbers and gives their memory back; <see cref="Numbers"/> that were read are not to be used any more.</summary>
    public void Dispose()
    {
        Clear();
        _numbers = [];
    }

    private void GiveBack()
    {
        var seen = _seen;
        _seen = null;
        ((IDisposable?)seen)?.Dispose();
    }

    internal void Add(ulong number)
    {
        lock (_adding) Room(1)[0] = number;
    }

    /// <summary>Adds all keys that an index has seen: each number of a batch once, at no cost while its rows are decided. The index is not to be used any more.</summary>
    internal void Add(Delimited.DuplicateIndex index)
    {
        lock (_adding)
        {
            if (_seen is null && index.TakeNumbers(_numbers.AsSpan(0, _count)) is { } seen) (_seen, _numbers, _count) = (seen, [], 0);
            else index.CopyKeys(Room(checked((int)index.Count)));
        }
    }

    private Span<ulong> Room(int count)
    {
        if (_seen is not null) Unite();
        var least = checked(_count + count);
        if (least > _numbers.Length) Array.Resize(ref _numbers, Math.Max(least, _numbers.Length * 2));
        var room = _numbers.AsSpan(_count, count);
        _count = least;
        return room;
    }

    // More came after the numbers of a batch.
    private void Unite()
    {
        var seen = _seen!.Memory.Span;
        (_numbers, _count) = (seen.ToArray(), seen.Length);
        GiveBack();
    }
}
