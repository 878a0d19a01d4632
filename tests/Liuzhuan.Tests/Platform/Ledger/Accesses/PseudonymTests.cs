using FsCheck;
using FsCheck.Fluent;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

namespace Liuzhuan.Tests.Platform.Ledger.Accesses;

public class PseudonymTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void The_pseudonym_of_a_number_never_changes()
    {
        // Made with the OpenSSL command line: HKDF-Expand of the secret, then AES-256-ECB of 00..01 and the packed number.
        using var key = new PseudonymKey(Secret);
        var person = PersonKey.Of(CitizenNumber.Pack("11010519491231002X"));
        Assert.Equal(new Pseudonym(0x034E1E14FEB95A11, 0x4ABA), key.Of(person));
        Assert.Equal(1977980673077074948L, key.Id);
    }

    [Fact]
    public void Another_key_another_kind_or_another_number_is_another_pseudonym()
    {
        using PseudonymKey key = new(Secret), again = new(Secret), other = new([.. Secret.Reverse()]);
        var person = new PersonKey(PersonKey.CitizenNumberKind, 77);
        Assert.Equal((key.Id, key.Of(person)), (again.Id, again.Of(person)));
        Assert.NotEqual(key.Id, other.Id);
        Assert.Equal(4, new[] { key.Of(person), other.Of(person), key.Of(person with { Kind = 2 }), key.Of(person with { Packed = 78 }) }.Distinct().Count());
        Assert.Throws<ArgumentException>(() => new PseudonymKey(Secret.AsSpan(1)));
    }

    [Fact]
    public void Many_together_are_the_same_as_one_by_one()
    {
        using var key = new PseudonymKey(Secret);
        var numbers = Enumerable.Range(0, 10_000).Select(i => (ulong)i * 7919 << 20).ToArray();
        Assert.Equal(numbers.Select(number => key.Of(new PersonKey(PersonKey.CitizenNumberKind, number))), key.Of(numbers));
        Assert.Empty(key.Of(ReadOnlyMemory<ulong>.Empty));
    }

    [Fact]
    public void Printing_a_person_prints_no_number() => Assert.DoesNotContain("7", new PersonKey(PersonKey.CitizenNumberKind, 777).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(200_000)]
    public void Sorting_gives_each_once_in_order(int count)
    {
        using var key = new PseudonymKey(Secret);
        var random = new Random(count);
        var all = key.Of(Enumerable.Range(0, count).Select(_ => (ulong)random.Next(count)).ToArray());
        Assert.Equal(all.Distinct().Order(), PseudonymOrder.SortedDistinct(all));
    }

    [Fact]
    public void Any_list_is_sorted_however_unevenly_it_is_spread() =>
        Prop.ForAll<(ulong, ushort)[]>(raw =>
        {
            var all = raw.Concat(raw).Select(one => new Pseudonym(one.Item1, one.Item2)).ToArray();
            return PseudonymOrder.SortedDistinct(all).SequenceEqual(all.Distinct().Order());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4_095, 1)]
    [InlineData(100_000, 1)]
    [InlineData(300_000, 3)]
    public void Partitions_filled_side_by_side_hold_each_once_and_follow_one_another(int count, int threads)
    {
        using var key = new PseudonymKey(Secret);
        var random = new Random(count);
        var numbers = Enumerable.Range(0, count).Select(_ => (ulong)random.Next(count)).ToArray();
        using var partitions = key.Partitions(numbers, threads);
        Assert.InRange(count, 0, (partitions.Count + 1) * 8192);
        Assert.Equal(key.Of(numbers).Distinct().Order(), AllOf(partitions));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x9E3779B97F4A7C15)]
    public void Partitions_hold_everything_however_unevenly_it_is_spread(ulong high)
    {
        // All in one partition of sixteen, so that it takes many pieces of room; and in each part some left over.
        var all = Enumerable.Range(0, 70_001).Select(i => new Pseudonym(high ^ (ulong)(i % 900), (ushort)(i % 7))).ToArray();
        using var partitions = new PseudonymPartitions(30_000, 0, 40_001);
        foreach (var piece in all[..30_000].Chunk(777)) partitions.Add(0, piece);
        foreach (var piece in all[30_000..].Chunk(256)) partitions.Add(2, piece);
        Assert.Equal(16, partitions.Count);
        Assert.Equal(all.Distinct().Order(), AllOf(partitions));
    }

    private static List<Pseudonym> AllOf(PseudonymPartitions partitions)
    {
        var (all, order, gathered) = (new List<Pseudonym>(), new PseudonymOrder(), Array.Empty<Pseudonym>());
        for (var i = 0; i < partitions.Count; i++) all.AddRange(partitions.Sorted(i, order, ref gathered));
        return all;
    }

    [Fact]
    public void Databases_keep_pseudonyms_in_their_order() =>
        Prop.ForAll<ulong, ulong>((one, other) => one.CompareTo(other) == Pseudonym.ToStored(one).CompareTo(Pseudonym.ToStored(other)))
            .QuickCheckThrowOnFailure();
}
