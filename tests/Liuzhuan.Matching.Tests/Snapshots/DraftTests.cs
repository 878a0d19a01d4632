using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public class DraftTests
{
    [Theory]
    [InlineData(1, 1, 40, 1)]
    [InlineData(2, 5, 3000, 300)]
    [InlineData(3, 9, 100_000, 700)]
    public void What_was_drafted_is_read_back_but_for_the_rows_put_aside(int seed, int columns, int rows, int most)
    {
        var random = new Random(seed);
        using var slabs = new Slabs();
        var draft = new Draft(slabs, columns);
        var expected = Enumerable.Range(0, columns).Select(_ => new List<ulong>()).ToArray();
        for (var taken = 0; taken < rows;)
        {
            var skipped = new bool[random.Next(1, most + 1)];
            for (var i = 0; i < skipped.Length && taken % 3 == 0; i++) skipped[i] = random.Next(9) == 0;
            draft.Room(skipped.Length);
            for (var column = 0; column < columns; column++)
            {
                // Every width, and ranges that begin anywhere.
                var (bits, start) = (random.Next(65), random.Next(3) == 0 ? 0 : (ulong)random.NextInt64());
                var values = draft.Column(column);
                for (var i = 0; i < skipped.Length; i++)
                {
                    values[i] = unchecked(start + (bits == 0 ? 0 : (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> 64 - bits));
                    if (!skipped[i]) expected[column].Add(values[i]);
                }
            }

            draft.Take(skipped);
            taken += skipped.Length;
        }

        draft.Close();
        var seen = Enumerable.Range(0, columns).Select(_ => new List<ulong>()).ToArray();
        foreach (var slab in draft.Filled)
        {
            var blocks = new DraftBlocks(slab);
            while (blocks.Next(out var count))
            {
                var values = new ulong[count];
                foreach (var column in seen)
                {
                    blocks.Column(values);
                    column.AddRange(values);
                }
            }
        }

        Assert.Equal(expected, seen);
        Assert.Equal(rows > 50_000, draft.Filled.Count > 1);
    }

    [Fact]
    public void A_slab_that_was_given_back_is_the_next_one_given()
    {
        using var slabs = new Slabs();
        var draft = new Draft(slabs, 1);
        draft.Room(1);
        draft.Column(0)[0] = 7;
        draft.Take([false]);
        draft.Close();
        var slab = Assert.Single(draft.Filled);
        slabs.Return(slab);
        Assert.Equal(slab.Start, slabs.Rent());
        Assert.NotEqual(slab.Start, slabs.Rent());
    }
}
