using FsCheck;
using FsCheck.Fluent;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Tests.Platform.Ledger.Accesses;

public class RunWriterTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(500, 0)]
    [InlineData(20_000, 0)]
    [InlineData(20_000, 7)]
    [InlineData(3_000, 40)]
    [InlineData(1_000, 62)]
    public void What_is_packed_comes_out_again(int people, int positionBits)
    {
        var random = new Random(people + positionBits);
        var last = (1L << positionBits) - 1;
        var packed = Enumerable.Range(0, people).Select(_ => Person(random, spread: 64)).Distinct().Order()
            .Select(person => (person, Positions: Enumerable.Range(0, random.Next(1, 4)).Select(_ => 5 + random.NextInt64(last + 1)).Distinct().Order().ToArray())).ToList();
        AssertRoundTrip(packed, 5, 5 + last, people);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(40)]
    public void Crowded_pseudonyms_and_wrong_forecasts_only_cost_room(int spread)
    {
        var random = new Random(spread);
        var packed = Enumerable.Range(0, 4000).Select(_ => Person(random, spread)).Append(new Pseudonym(ulong.MaxValue, 3)).Append(new Pseudonym(ulong.MaxValue, 4)).Distinct().Order().Select(person => (person, new long[] { 9 })).ToList();
        AssertRoundTrip(packed, 9, 9, 1);
        AssertRoundTrip(packed, 9, 9, long.MaxValue);
    }

    [Fact]
    public void Who_has_more_accesses_than_a_block_holds_goes_on_in_the_next()
    {
        var random = new Random(1);
        var often = Enumerable.Range(0, 5000).Select(i => i * 1000L).ToArray();
        List<(Pseudonym, long[])> packed = [(new(1, 1), [7]), (new(2, 1), often), (new(2, 2), [8]), (new(3, 1), often), (new(ulong.MaxValue, 9), [0, 4_999_000])];
        AssertRoundTrip(packed, 0, 4_999_000, 5);
        List<(Pseudonym, long[])> alone = [(new(2, 1), often)];
        AssertRoundTrip(alone, 0, 4_999_000, 1);
    }

    [Fact]
    public void Any_list_comes_out_as_it_went_in() =>
        Prop.ForAll<(ulong, ushort, int)[]>(raw =>
        {
            var packed = raw.GroupBy(one => new Pseudonym(one.Item1, one.Item2)).OrderBy(person => person.Key)
                .Select(person => (person.Key, person.Select(one => (long)(one.Item3 & 0xFFFF)).Distinct().Order().ToArray())).ToList();
            return Unpacked(Packed(packed, 0, 0xFFFF, raw.Length).Blocks, 0, 0xFFFF).SequenceEqual(Flat(packed));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(20_000, 64, 0, 20_000)]
    [InlineData(20_000, 64, 0, 1)]
    [InlineData(20_000, 64, 0, 1_000_000_000_000)]
    [InlineData(20_000, 30, 0, 20_000)]
    [InlineData(3_000, 2, 0, 3_000)]
    [InlineData(20_000, 64, 9, 20_000)]
    [InlineData(1, 64, 0, 1)]
    public void Many_who_were_accessed_once_are_packed_as_if_one_by_one(int count, int spread, int positionBits, long forecast)
    {
        var random = new Random(count + spread + positionBits);
        var people = Enumerable.Range(0, count).Select(_ => Person(random, spread)).Append(new Pseudonym(ulong.MaxValue, 3)).Append(new Pseudonym(ulong.MaxValue, 4)).Distinct().Order().ToArray();
        var (one, many) = (new RunWriter(7, 7 + (1L << positionBits) - 1, forecast), new RunWriter(7, 7 + (1L << positionBits) - 1, forecast));
        foreach (var person in people) one.Add(person, [7]);
        for (var from = 0; from < people.Length; from += 333) many.AddOnce(people.AsSpan(from, Math.Min(333, people.Length - from)));
        one.Finish();
        many.Finish();
        Assert.Equal((one.People, one.Accesses), (many.People, many.Accesses));
        Assert.Equal(one.Blocks.Select(block => (block.First, Convert.ToHexString(block.Content))), many.Blocks.Select(block => (block.First, Convert.ToHexString(block.Content))));
    }

    [Fact]
    public void A_million_people_of_one_batch_take_less_than_eight_bytes_each()
    {
        var random = new Random(4);
        var people = Enumerable.Range(0, 1_000_000).Select(_ => Person(random, 64)).Distinct().Order().ToList();
        var run = new RunWriter(7, 7, people.Count);
        foreach (var person in people) run.Add(person, [7]);
        run.Finish();
        Assert.InRange(run.Blocks.Sum(block => (double)block.Content.Length) / people.Count, 7, 7.9);
        Assert.Equal(people.Count, run.People);
    }

    private static void AssertRoundTrip(List<(Pseudonym Person, long[] Positions)> packed, long first, long last, long forecast)
    {
        var run = Packed(packed, first, last, forecast);
        Assert.Equal(packed.Count, run.People);
        Assert.Equal(packed.Sum(one => one.Positions.Length), run.Accesses);
        Assert.All(run.Blocks, block => Assert.InRange(block.Content.Length, 1, RunBlock.MostBytes));
        Assert.Equal(Flat(packed), Unpacked(run.Blocks, first, last));
    }

    private static RunWriter Packed(List<(Pseudonym Person, long[] Positions)> packed, long first, long last, long forecast)
    {
        var run = new RunWriter(first, last, forecast);
        foreach (var (person, positions) in packed) run.Add(person, positions);
        run.Finish();
        return run;
    }

    private static List<(Pseudonym, long)> Unpacked(List<RunBlock> blocks, long first, long last)
    {
        var all = new List<(Pseudonym, long)>();
        var cursor = new BlockCursor(first, RunBlock.PositionBits(first, last));
        foreach (var block in blocks)
        {
            cursor.Open(block.Content);
            while (cursor.Next())
            {
                var positions = new List<long>();
                cursor.TakePositions(positions);
                all.AddRange(positions.Select(position => (cursor.Person, position)));
            }
        }

        return all;
    }

    private static List<(Pseudonym, long)> Flat(List<(Pseudonym Person, long[] Positions)> packed) => [.. packed.SelectMany(one => one.Positions.Select(position => (one.Person, position)))];

    private static Pseudonym Person(Random random, int spread) => new((ulong)random.NextInt64(long.MinValue, long.MaxValue) >> 64 - spread, (ushort)random.Next(spread == 2 ? 3 : 65536));
}
