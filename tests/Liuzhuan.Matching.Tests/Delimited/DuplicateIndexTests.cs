using Liuzhuan.Matching.Delimited;

namespace Liuzhuan.Matching.Tests.Delimited;

public sealed class DuplicateIndexTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(60_000)]
    public void First_rows_equal_those_of_a_dictionary(int keys)
    {
        var random = new Random(keys);
        using var index = new DuplicateIndex();
        Dictionary<ulong, uint> obvious = [];
        for (uint row = 1; row < 100_000; row++)
        {
            var key = (ulong)random.Next(1, keys) * 0x100000001UL;
            obvious.TryAdd(key, row);
            if (obvious[key] != index.FirstRow(key, row)) Assert.Fail($"Row {row} is not told its first row {obvious[key]}.");
        }

        Assert.Equal(obvious.Count, index.Count);
        var copied = new ulong[index.Count];
        index.CopyKeys(copied);
        Assert.Equal(obvious.Keys.Order(), copied.Order());
    }

    [Theory]
    [InlineData(50_000)]
    [InlineData(150_000)]
    [InlineData(500_000)]
    public void Sixteen_bytes_per_row_are_enough(int rows)
    {
        using var grown = new DuplicateIndex();
        using var reserved = new DuplicateIndex();
        reserved.Reserve(rows);
        for (uint row = 1; row <= rows; row++)
        {
            grown.FirstRow(row * 7919UL << 9 | 5, row);
            reserved.FirstRow(row * 7919UL << 9 | 5, row);
        }

        Assert.InRange(grown.AllocatedBytes, rows * 12L, rows * 16L + (rows < 100_000 ? 1 << 20 : 0));
        Assert.InRange(reserved.AllocatedBytes, rows * 12L, rows * 16L);
    }

    // A long file begins with a filter and lists; it moves to the table when keys repeat often, or when there are more rows than foretold.
    [Theory]
    [InlineData(80_000, 80_000, 1 << 30)]
    [InlineData(80_000, 80_000, 50_000)]
    [InlineData(80_000, 300_000, 1 << 30)]
    [InlineData(300_000, 300_000, 20_000_000)]
    public void A_long_file_is_told_the_same_first_rows(int foretold, int rows, int keys)
    {
        var random = new Random(rows + keys);
        using var index = new DuplicateIndex();
        index.Reserve(foretold);
        Dictionary<ulong, uint> obvious = [];
        List<DuplicateIndex.Repeat> repeats = [];
        uint row = 1;
        while (row < rows)
        {
            var asked = Enumerable.Range(0, random.Next(1, 700)).Select(_ => (ulong)random.Next(keys) * 0x10001UL).ToArray();
            repeats.Clear();
            index.FirstRows(asked, row, repeats);
            List<DuplicateIndex.Repeat> expected = [];
            for (var i = 0; i < asked.Length; i++)
            {
                if (asked[i] != 0 && !obvious.TryAdd(asked[i], row + (uint)i)) expected.Add(new DuplicateIndex.Repeat(i, obvious[asked[i]]));
            }

            Assert.Equal(expected, repeats);
            row += (uint)asked.Length;
        }

        Assert.Equal(obvious.Count, index.Count);
        var copied = new ulong[index.Count];
        index.CopyKeys(copied);
        Assert.Equal(obvious.Keys.Order(), copied.Order());
    }

    // As in a file of many millions of rows, whose groups are longer.
    [Theory]
    [InlineData(512)]
    [InlineData(4)]
    [InlineData(1)]
    public void Repeated_keys_are_found_in_groups_of_any_length(int mostGroups)
    {
        const int Rows = 100_000;
        var random = new Random(mostGroups);
        using var seen = new SeenKeys(Rows, mostGroups);
        Dictionary<ulong, uint> obvious = [];
        seen.Begin(7);
        for (uint row = 7; row < 7 + Rows; row++)
        {
            var key = random.Next(10) == 0 && obvious.Count > 0 ? obvious.ElementAt(random.Next(Math.Min(50, obvious.Count))).Key : (ulong)random.NextInt64(1, long.MaxValue);
            var isNew = obvious.TryAdd(key, row);
            Assert.Equal((isNew, isNew ? 0 : obvious[key]), (seen.Take(key, key * 0xD6E8FEB86659FD93 ^ key >> 29, out var first), first));
        }

        Assert.Equal(obvious.Count, seen.Count);
        Assert.Equal(mostGroups == 1, seen.IsExhausted(7 + Rows));
    }

    [Fact]
    public void Rows_asked_together_equal_rows_asked_one_by_one()
    {
        var random = new Random(3);
        using var together = new DuplicateIndex();
        using var single = new DuplicateIndex();
        uint row = 1;
        for (var batch = 0; batch < 200; batch++)
        {
            var keys = Enumerable.Range(0, random.Next(100)).Select(_ => (ulong)random.Next(4000)).ToArray();
            List<DuplicateIndex.Repeat> repeats = [];
            together.FirstRows(keys, row, repeats);
            List<DuplicateIndex.Repeat> expected = [];
            for (var i = 0; i < keys.Length; i++)
            {
                if (keys[i] == 0) continue;
                var first = single.FirstRow(keys[i], row + (uint)i);
                if (first != row + i) expected.Add(new DuplicateIndex.Repeat(i, first));
            }

            Assert.Equal(expected, repeats);
            row += (uint)keys.Length;
        }
    }

    [Fact]
    public void Key_zero_and_use_after_disposal_are_refused()
    {
        var index = new DuplicateIndex();
        Assert.Throws<ArgumentOutOfRangeException>(() => index.FirstRow(0, 1));
        index.Dispose();
        index.Dispose();
        Assert.Throws<ObjectDisposedException>(() => index.FirstRow(1, 1));
    }
}
