namespace Liuzhuan.Matching.Snapshots;

/// <content>The side records: what one entry cannot say.</content>
internal sealed unsafe partial class Snapshot
{
    public int SideCount => (int)(Header[Section.SideKeys].Length / 8);

    /// <summary>One field of the first of the side records under a key that has some; of a register whose keys pack.</summary>
    public string SideValue(ulong key, int field)
    {
        if (Keys is null || !Keys.TryScatter(key, out var scattered)) throw new ArgumentException("There is no such packed key.", nameof(key));
        var bytes = SideBytes(FindSide(scattered));
        StoredRecord.ReadLength(ref bytes);
        for (; field > 0; field--)
        {
            var length = (int)StoredRecord.ReadLength(ref bytes);
            bytes = bytes[length..];
        }

        return StoredRecord.ReadText(ref bytes);
    }

    /// <summary>The index of a key among keys in order, or a negative number. Keys of so many bits that lie evenly are found with a few steps, all others with some more.</summary>
    internal static int IndexOf(ReadOnlySpan<ulong> keys, ulong key, int bits)
    {
        // One is where its share of all says, give or take a few; a look at both ends of these says when it is not.
        var guess = (int)Math.BigMul(key << 64 - bits, (ulong)keys.Length, out _);
        var spread = 2 * (int)Math.Sqrt(keys.Length) + 1;
        var (from, to) = (Math.Max(0, guess - spread), Math.Min(keys.Length, guess + spread));
        if (from > 0 && keys[from] > key) from = 0;
        if (to < keys.Length && keys[to - 1] < key) to = keys.Length;
        var at = keys[from..to].BinarySearch(key);
        return at < 0 ? at : from + at;
    }

    private List<StoredRecord> SideRecords(ulong scattered, string keyText)
    {
        var at = FindSide(scattered);
        if (Layout.IsWide) return [.. WideSide(at).Where(pair => pair.KeyText == keyText).Select(pair => pair.Record)];
        var records = new List<StoredRecord>();
        var bytes = SideBytes(at);
        for (var count = StoredRecord.ReadLength(ref bytes); count > 0; count--) records.Add(StoredRecord.Read(ref bytes, Schema));
        return records;
    }

    private List<(string KeyText, StoredRecord Record)> WideSide(int at)
    {
        var records = new List<(string, StoredRecord)>();
        var bytes = SideBytes(at);
        for (var count = StoredRecord.ReadLength(ref bytes); count > 0; count--) records.Add((StoredRecord.ReadText(ref bytes), StoredRecord.Read(ref bytes, Schema)));
        return records;
    }

    private int FindSide(ulong scattered)
    {
        var at = IndexOf(new ReadOnlySpan<ulong>(_base + Header[Section.SideKeys].Offset, SideCount), scattered, KeyBits);
        return at >= 0 ? at : throw new RegisterException("register_corrupt", $"{Path} is corrupt: an entry has no side record. Run 'liuzhuan register check'.");
    }

    private ReadOnlySpan<byte> SideBytes(int at)
    {
        var offsets = (long*)(_base + Header[Section.SideOffsets].Offset);
        return new ReadOnlySpan<byte>(_base + Header[Section.SideRecords].Offset + offsets[at], (int)(offsets[at + 1] - offsets[at]));
    }
}
