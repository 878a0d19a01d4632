using System.Runtime.Intrinsics.X86;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Delimited;

public unsafe class KeyFilterTests
{
    private const int Keys = 200_000;

    [Fact]
    public void What_was_added_is_never_new_again_and_hardly_anything_else_seems_to_be_there()
    {
        using var memory = new ResidentMemory(KeyFilter.BytesFor(Keys));
        var filter = new KeyFilter(memory.Base, KeyFilter.BytesFor(Keys));
        var random = new Random(20);
        var hashes = new ulong[Keys];
        for (var i = 0; i < Keys; i++) hashes[i] = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
        foreach (var hash in hashes) filter.Add(hash);
        foreach (var hash in hashes) Assert.False(filter.Add(hash));

        // One in 2,400 is what the full filter is made for; these come on top of it.
        var mistaken = 0;
        for (var i = 0; i < Keys / 10; i++) mistaken += filter.Add((ulong)random.NextInt64(long.MinValue, long.MaxValue)) ? 0 : 1;
        Assert.InRange(mistaken, 0, Keys / 10 / 1_000);
    }

    [Fact]
    public void Vector_and_scalar_set_the_same_bits()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor has no AVX2.");
        const int keys = 5_000;
        using var first = new ResidentMemory(KeyFilter.BytesFor(keys));
        using var second = new ResidentMemory(KeyFilter.BytesFor(keys));
        var (vector, scalar) = (new KeyFilter(first.Base, KeyFilter.BytesFor(keys)), new KeyFilter(second.Base, KeyFilter.BytesFor(keys)));
        var random = new Random(21);
        for (var i = 0; i < keys; i++)
        {
            // Some twice, and the ends of what a hash can be.
            var hash = i % 10 == 0 ? (ulong)(i / 10) * 0x8000_0000_0000_0001 : (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            Assert.Equal(scalar.AddScalar(hash), vector.AddVector(hash));
            if (i % 7 == 0) Assert.Equal((false, false), (scalar.AddScalar(hash), vector.AddVector(hash)));
        }

        Assert.True(new Span<byte>(first.Base, (int)KeyFilter.BytesFor(keys)).SequenceEqual(new Span<byte>(second.Base, (int)KeyFilter.BytesFor(keys))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(26)]
    public void No_hash_leads_outside_of_its_memory(int keys)
    {
        var bytes = KeyFilter.BytesFor(keys);
        using var memory = new ResidentMemory(bytes);
        var filter = new KeyFilter(memory.Base, bytes);
        Assert.True(filter.Add(0));
        Assert.True(filter.Add(ulong.MaxValue));
        Assert.True(new ReadOnlySpan<byte>(memory.Base + bytes, 64).IndexOfAnyExcept((byte)0) < 0);
        Assert.True(new ReadOnlySpan<byte>(memory.Base, (int)bytes).IndexOfAnyExcept((byte)0) >= 0);
    }
}
