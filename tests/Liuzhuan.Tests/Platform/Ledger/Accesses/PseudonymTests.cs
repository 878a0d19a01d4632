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
        Assert.Equal(key.Of(numbers), key.Of(numbers, threads: 3));
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

    // Small numbers, of which made-up lists consist, would all lie in the first range.
    private const ulong Spreading = 0x9E3779B97F4A7C15;

    [Fact]
    public void Ranges_that_are_sorted_side_by_side_follow_one_another() =>
        Prop.ForAll<(ulong, ushort)[], byte>((raw, ranges) =>
        {
            var all = raw.Concat(raw).Select(one => new Pseudonym(one.Item1 * Spreading, one.Item2)).ToArray();
            return PseudonymOrder.SortedRanges(all, ranges % 5 + 1).SelectMany(range => range.ToArray()).SequenceEqual(all.Distinct().Order());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Databases_keep_pseudonyms_in_their_order() =>
        Prop.ForAll<ulong, ulong>((one, other) => one.CompareTo(other) == Pseudonym.ToStored(one).CompareTo(Pseudonym.ToStored(other)))
            .QuickCheckThrowOnFailure();
}
