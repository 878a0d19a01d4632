using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public class RecordStoreTests
{
    private const int KeyBits = 20;

    [Theory]
    [InlineData(1, 0, 50_000)]
    [InlineData(2, 9, 300_000)]
    [InlineData(5, 9, 300_000)]
    [InlineData(3, 21, 700)]
    [InlineData(2, 9, 0)]
    public void What_several_threads_added_comes_back_sorted_and_whole(int writers, int coldStride, int count)
    {
        using var slabs = new Slabs();
        var store = new RecordStore(coldStride, writers, slabs);
        var random = new Random(3);
        var expected = new List<string>();
        var record = new byte[store.RecordBytes + 16];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(record);
            var key = (ulong)random.Next(1 << KeyBits);
            BinaryPrimitives.WriteUInt64LittleEndian(record, key);
            // Writers get unlike shares, as threads do.
            ref var place = ref store.WriterOf(Math.Min(random.Next(writers * 2), writers - 1)).Next((int)(key >> KeyBits - RecordStore.PartitionBits));
            // Seven bytes more than it is long, as those who write whole words do.
            record.AsSpan(0, store.RecordBytes + 7).CopyTo(MemoryMarshal.CreateSpan(ref place, store.RecordBytes + 7));
            expected.Add(Shown(record.AsSpan(0, store.RecordBytes)));
        }

        store.Close();
        var seen = new List<string>();
        var sort = new RecordSort(KeyBits, store.RecordBytes);
        for (var partition = 0; partition < RecordStore.Partitions; partition++)
        {
            var sorted = sort.Sort(store, partition);
            store.Store(partition, sorted);
            ulong last = 0;
            for (var i = 0; i < store.CountOf(partition); i++)
            {
                var one = store.Record(partition, i);
                var key = BinaryPrimitives.ReadUInt64LittleEndian(one);
                Assert.True(key >= last);
                Assert.Equal(partition, (int)(key >> KeyBits - RecordStore.PartitionBits));
                last = key;
                seen.Add(Shown(one));
            }
        }

        Assert.Equal(count, store.Count);
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    private static string Shown(ReadOnlySpan<byte> record) => Convert.ToHexString(record);
}
