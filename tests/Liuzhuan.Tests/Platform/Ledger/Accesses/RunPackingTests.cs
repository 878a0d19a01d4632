using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Tests.Platform.Ledger.Accesses;

public class RunPackingTests
{
    [Theory]
    [InlineData(20_000, 1)]
    [InlineData(300_000, 1)]
    [InlineData(300_000, 2)]
    [InlineData(300_000, 5)]
    public void Pieces_come_in_order_and_hold_everybody_once_whoever_packs_them(int count, int threads)
    {
        var random = new Random(count + threads);
        var all = new Pseudonym[count];
        for (var i = 0; i < count; i++) all[i] = i % 5 == 1 ? all[i - 1] : new Pseudonym((ulong)random.NextInt64(long.MinValue, long.MaxValue), (ushort)random.Next(1 << 16));
        using var partitions = new PseudonymPartitions(count);
        partitions.Add(0, all);

        List<Pseudonym> packed = [];
        var (pieces, people) = (0, 0L);
        using (var packing = new RunPacking(partitions, count, threads))
        {
            while (packing.Next() is { } piece)
            {
                pieces++;
                people += piece.People;
                foreach (var block in piece.Blocks)
                {
                    var cursor = new BlockCursor(0, 0);
                    cursor.Open(block.Content);
                    while (cursor.Next()) packed.Add(cursor.Person);
                }
            }

            Assert.Null(packing.Next());
        }

        Assert.Equal(all.Distinct().Order(), packed);
        Assert.Equal(packed.Count, people);
        Assert.Equal((partitions.Count + 15) / 16, pieces);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_fails_in_any_thread_is_thrown_where_the_pieces_are_asked_for(int threads)
    {
        var partitions = Filled();
        partitions.Dispose();
        using var packing = new RunPacking(partitions, 200_000, threads);
        // There are two pieces, and each of two others has taken one when it is quiet: nothing but their failure is left for the caller.
        Assert.True(SpinWait.SpinUntil(() => packing.IsQuiet, TimeSpan.FromSeconds(30)));
        var asking = Task.Run(() =>
        {
            while (packing.Next() is not null)
            {
            }
        });
        await Assert.ThrowsAsync<ObjectDisposedException>(() => asking.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Whoever_stops_asking_leaves_nobody_at_work_behind()
    {
        for (var i = 0; i < 20; i++)
        {
            using var partitions = Filled();
            var packing = new RunPacking(partitions, 200_000, threads: 3);
            if (i % 2 == 0) Assert.NotNull(packing.Next());
            packing.Dispose();
            Assert.True(packing.IsQuiet);
        }
    }

    private static PseudonymPartitions Filled()
    {
        var partitions = new PseudonymPartitions(200_000);
        var some = new Pseudonym[200_000];
        for (var i = 0; i < some.Length; i++) some[i] = new Pseudonym((ulong)i * 0x9E3779B97F4A7C15, 1);
        partitions.Add(0, some);
        return partitions;
    }
}
