using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>How a field's value is kept.</summary>
internal enum FieldForm : byte
{
    /// <summary>Not kept here: status is two flag bits, replaced keys and former values lie in the side records.</summary>
    Absent = 0,

    /// <summary>Packed characters, or an index into the heap behind the escape bit.</summary>
    Name = 1,

    /// <summary>Rank among the sorted distinct values.</summary>
    Dictionary = 2,

    /// <summary>Days since <see cref="FieldLayout.Min"/>.</summary>
    Date = 3,

    /// <summary>A number of <see cref="FieldLayout.Digits"/> digits, less <see cref="FieldLayout.Min"/>.</summary>
    Number = 4,

    /// <summary>Index into the heap.</summary>
    Heap = 5,
}

/// <summary>Where a field's bits lie. A value is 0 when empty; all ones never occurs and stands for "a value this register does not have".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct FieldLayout(FieldForm Form, bool IsHot, byte Shift, byte Width, int ColdBit, byte Digits, long Min)
{
    public const int Size = 24;

    /// <summary>Greatest width of a field: an unaligned 64-bit load holds it at any bit offset.</summary>
    public const int MaxWidth = 56;

    public ulong Unknown => (1UL << Width) - 1;

    public ulong Mask => Unknown << Shift;

    /// <summary>The field's value from the hot word of an entry.</summary>
    public ulong FromHot(ulong rest) => rest >> Shift & Unknown;

    /// <summary>The field's value from a cold record (eight readable bytes beyond the field are needed).</summary>
    public ulong FromCold(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt64LittleEndian(record[(ColdBit >> 3)..]) >> (ColdBit & 7) & Unknown;

    public void ToCold(Span<byte> record, ulong value)
    {
        var at = record[(ColdBit >> 3)..];
        BinaryPrimitives.WriteUInt64LittleEndian(at, BinaryPrimitives.ReadUInt64LittleEndian(at) | value << (ColdBit & 7));
    }

    public void Write(Span<byte> to)
    {
        to[0] = (byte)Form;
        to[1] = IsHot ? (byte)1 : (byte)0;
        to[2] = Shift;
        to[3] = Width;
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], ColdBit);
        to[8] = Digits;
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], Min);
    }

    public static FieldLayout Read(ReadOnlySpan<byte> from) => new(
        (FieldForm)from[0], from[1] != 0, from[2], from[3], BinaryPrimitives.ReadInt32LittleEndian(from[4..]), from[8], BinaryPrimitives.ReadInt64LittleEndian(from[16..]));
}

/// <summary>The shape of the whole table: buckets of one cache line with six entries, and the fields beside them.</summary>
/// <param name="Buckets">Home buckets; <see cref="SpareBuckets"/> more follow for entries displaced past the end.</param>
/// <param name="IsWide">Keys do not pack: the scattered value is a hash, and the key text is compared.</param>
/// <param name="TagBits">Low bits of the scattered value that, with the home bucket, are the key.</param>
/// <param name="ColdStride">Bytes of a cold record; 0 when there are none.</param>
/// <param name="Fields">One per schema field, then, when <paramref name="IsWide"/>, the key text.</param>
internal sealed record TableLayout(long Buckets, bool IsWide, int TagBits, int ColdStride, FieldLayout[] Fields)
{
    public const int EntriesPerBucket = 6;
    public const int BucketBytes = 64;
    public const int SpareBuckets = 16;
    public const int MaxDisplacement = 15;
    public const double Load = 0.75;

    public const int StatusShift = 62, SupersededShift = 61, SideShift = 60, ComplexShift = 59, TagHighEnd = 59;
    public const ulong StatusMask = 3UL << StatusShift, SupersededFlag = 1UL << SupersededShift, SideFlag = 1UL << SideShift, ComplexFlag = 1UL << ComplexShift;

    /// <summary>Flags that send a row off the fastest path.</summary>
    public const ulong AttentionMask = StatusMask | SupersededFlag | ComplexFlag;

    public int TagHighBits => Math.Max(0, TagBits - 16);

    public int TagHighShift => TagHighEnd - TagHighBits;

    public ulong TagHighMask => ((1UL << TagHighBits) - 1) << TagHighShift;

    public long Slots => (Buckets + SpareBuckets) * EntriesPerBucket;

    /// <summary>Layout of the key text; only when <see cref="IsWide"/>.</summary>
    public FieldLayout KeyText => Fields[^1];

    public byte[] ToBytes()
    {
        var bytes = new byte[32 + Fields.Length * FieldLayout.Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Buckets);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), IsWide ? 1 : 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), TagBits);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), ColdStride);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), Fields.Length);
        for (var i = 0; i < Fields.Length; i++) Fields[i].Write(bytes.AsSpan(32 + i * FieldLayout.Size));
        return bytes;
    }

    public static TableLayout FromBytes(ReadOnlySpan<byte> bytes)
    {
        var fields = new FieldLayout[BinaryPrimitives.ReadInt32LittleEndian(bytes[20..])];
        for (var i = 0; i < fields.Length; i++) fields[i] = FieldLayout.Read(bytes[(32 + i * FieldLayout.Size)..]);
        return new TableLayout(
            BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) == 1,
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]), fields);
    }

    /// <summary>Home bucket of a scattered value of <paramref name="bits"/> bits.</summary>
    public long Home(ulong scattered, int bits) => (long)Math.BigMul(scattered << (64 - bits), (ulong)Buckets, out _);

    /// <summary>Bits that tell apart the scattered values of one home bucket.</summary>
    public static int TagBitsFor(int keyBits, long buckets)
    {
        // A home bucket covers at most ceil(2^bits / buckets) consecutive values.
        var span = (UInt128.One << keyBits) / (ulong)buckets + 1;
        var bits = 0;
        while (UInt128.One << bits < span) bits++;
        return bits;
    }
}
