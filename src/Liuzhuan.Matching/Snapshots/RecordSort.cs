using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Puts the records of one partition in order of their scattered keys. One per thread; it keeps its room.</summary>
internal sealed class RecordSort(int keyBits, int recordBytes)
{
    private const int MostDigitBits = 17;

    private byte[] _sorted = [];
    private int[] _places = [];

    /// <summary>Sorts the records of a partition and gives them back; valid until the next call.</summary>
    public ReadOnlySpan<byte> Sort(RecordStore store, int partition)
    {
        var count = store.CountOf(partition);
        if (_sorted.Length < count * recordBytes) _sorted = new byte[count * recordBytes];
        var sorted = _sorted.AsSpan(0, count * recordBytes);
        Distribute(store, partition, sorted, count);
        Finish(sorted, count);
        return sorted;
    }

    // Keys are scattered evenly, so the bits behind those of the partition put a record within a few places of where it belongs.
    private void Distribute(RecordStore store, int partition, Span<byte> to, int count)
    {
        var bits = Math.Min(Math.Clamp(BitOperations.Log2((uint)count | 1), 1, MostDigitBits), keyBits - RecordStore.PartitionBits);
        var shift = keyBits - RecordStore.PartitionBits - bits;
        var mask = (1UL << bits) - 1;
        if (_places.Length < 1 << bits) _places = new int[1 << bits];
        var places = _places.AsSpan(0, 1 << bits);
        places.Clear();
        foreach (var piece in store.Filled(partition))
        {
            for (var at = 0; at < piece.Span.Length; at += recordBytes) places[(int)(BinaryPrimitives.ReadUInt64LittleEndian(piece.Span[at..]) >> shift & mask)]++;
        }

        var next = 0;
        foreach (ref var place in places) (place, next) = (next, next + place);
        foreach (var piece in store.Filled(partition))
        {
            for (var at = 0; at < piece.Span.Length; at += recordBytes)
            {
                var record = piece.Span.Slice(at, recordBytes);
                var place = places[(int)(BinaryPrimitives.ReadUInt64LittleEndian(record) >> shift & mask)]++;
                RecordStore.Copy(ref MemoryMarshal.GetReference(record), ref MemoryMarshal.GetReference(to.Slice(place * recordBytes, recordBytes)), recordBytes);
            }
        }
    }

    private void Finish(Span<byte> records, int count)
    {
        Span<byte> moving = stackalloc byte[recordBytes];
        ulong last = 0;
        for (var i = 0; i < count; i++)
        {
            var key = KeyOf(records, i);
            if (key >= last)
            {
                last = key;
                continue;
            }

            var at = i;
            while (at > 0 && KeyOf(records, at - 1) > key) at--;
            records.Slice(i * recordBytes, recordBytes).CopyTo(moving);
            records[(at * recordBytes)..(i * recordBytes)].CopyTo(records[((at + 1) * recordBytes)..]);
            moving.CopyTo(records[(at * recordBytes)..]);
        }
    }

    private ulong KeyOf(ReadOnlySpan<byte> records, int index) => BinaryPrimitives.ReadUInt64LittleEndian(records[(index * recordBytes)..]);
}
