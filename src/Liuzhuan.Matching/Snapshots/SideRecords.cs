namespace Liuzhuan.Matching.Snapshots;

/// <summary>The texts of records that are replaced or have former values, by key. One thread fills one; they are then joined, by scattered key.</summary>
internal sealed class SideRecords
{
    private const int PieceBytes = 1 << 20;

    private readonly List<Entry> _added = [];
    private Entry[] _sorted = [];
    private byte[] _piece = [];
    private int _filled;

    public void Add(ulong key, ReadOnlySpan<byte> record)
    {
        if (_piece.Length - _filled < record.Length) (_piece, _filled) = (new byte[Math.Max(PieceBytes, record.Length)], 0);
        record.CopyTo(_piece.AsSpan(_filled));
        _added.Add(new Entry(key, _piece, _filled, record.Length));
        _filled += record.Length;
    }

    /// <summary>All records of several threads.</summary>
    /// <param name="parts">What each thread added.</param>
    /// <param name="keys">Scatters the keys; null where they are hashes, which need not be.</param>
    public static SideRecords Join(IEnumerable<SideRecords> parts, KeySpace? keys)
    {
        var all = new SideRecords { _sorted = [.. parts.SelectMany(part => part._added)] };
        foreach (ref var entry in all._sorted.AsSpan())
        {
            if (keys is not null && keys.TryScatter(entry.Key, out var scattered)) entry = entry with { Key = scattered };
        }

        Array.Sort(Array.ConvertAll(all._sorted, entry => entry.Key), all._sorted);
        return all;
    }

    /// <summary>How many records a key has here; the first of them is number <paramref name="first"/>.</summary>
    public int Find(ulong scattered, out int first)
    {
        int low = 0, high = _sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_sorted[middle].Key < scattered) low = middle + 1;
            else high = middle;
        }

        first = low;
        while (low < _sorted.Length && _sorted[low].Key == scattered) low++;
        return low - first;
    }

    /// <summary>A record of the joined ones.</summary>
    public ReadOnlySpan<byte> Record(int number)
    {
        var entry = _sorted[number];
        return entry.Piece.AsSpan(entry.At, entry.Length);
    }

    private readonly record struct Entry(ulong Key, byte[] Piece, int At, int Length);
}
