using System.Runtime.InteropServices;

namespace Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

/// <summary>
/// Stands for a person under one key: the first 80 bits of a block cipher's output. Among 1.4 thousand million people a pair of equal ones exists with a
/// chance below one in a million. Takes ten bytes: of a million of them each byte more is a megabyte of fresh memory.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(ushort))]
internal readonly record struct Pseudonym(ulong High, ushort Low) : IComparable<Pseudonym>
{
    private const ulong Sign = 1UL << 63;

    /// <summary>The high part as databases keep it: in the same order, though signed.</summary>
    public long StoredHigh => ToStored(High);

    public static long ToStored(ulong high) => (long)(high ^ Sign);

    /// <summary>What was stored as <see cref="StoredHigh"/> and <see cref="Low"/>.</summary>
    public static Pseudonym Stored(long high, int low) => new((ulong)high ^ Sign, (ushort)low);

    public int CompareTo(Pseudonym other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);
}
