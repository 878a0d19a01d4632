using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Liuzhuan.Matching.Delimited.Scanning;

/// <summary>64 bytes at a step in one vector.</summary>
internal sealed class Vector512Scanner : IStructuralScanner
{
    public string Name => "vector512";

    public int Scan(ReadOnlySpan<byte> text, int offset, Needles needles, Span<int> marks)
    {
        MaskWriter.CheckRoom(text, marks);
        ref var source = ref MemoryMarshal.GetReference(text);
        ref var target = ref MemoryMarshal.GetReference(marks);
        var (a, b, c) = (Vector512.Create(needles.Delimiter), Vector512.Create(needles.LineEnd), Vector512.Create(needles.Quote));
        int i = 0, count = 0;
        for (; i <= text.Length - 64; i += 64)
        {
            var v = Vector512.LoadUnsafe(ref source, (nuint)i);
            var (ends, quotes) = (Vector512.Equals(v, b), Vector512.Equals(v, c));
            var all = Vector512.Equals(v, a) | ends | quotes;
            count = Avx512Vbmi2.IsSupported
                ? WritePacked(all, ends, quotes, offset + i, ref target, count)
                : MaskWriter.Write(all.ExtractMostSignificantBits(), ends.ExtractMostSignificantBits(), quotes.ExtractMostSignificantBits(), offset + i, ref target, count);
        }

        return ScalarScanner.ScanTail(text, i, offset, needles, marks, count);
    }

    // The numbers 0 to 63 with what was found there in the two bits above; those of the bytes found are moved together, and widened sixteen at a time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WritePacked(Vector512<byte> all, Vector512<byte> ends, Vector512<byte> quotes, int offset, ref int marks, int count)
    {
        const int KindsAt = 24;
        var kinds = Vector512<byte>.Indices | (ends & Vector512.Create((byte)0x80)) | (quotes & Vector512.Create((byte)0x40));
        var found = BitOperations.PopCount(all.ExtractMostSignificantBits());
        var packed = Avx512Vbmi2.Compress(Vector512<byte>.Zero, all, kinds);
        ref var target = ref Unsafe.Add(ref marks, count);
        for (var left = found; ; left -= 16)
        {
            var wide = Avx512F.ConvertToVector512Int32(packed.GetLower().GetLower());
            var places = (wide & Vector512.Create(0x3F)) + Vector512.Create(offset);
            (places | (wide << KindsAt & Vector512.Create(Marks.LineEnd | Marks.Quote))).StoreUnsafe(ref target);
            if (left <= 16) return count + found;
            packed = Avx512F.AlignRight64(Vector512<ulong>.Zero, packed.AsUInt64(), 2).AsByte();
            target = ref Unsafe.Add(ref target, 16);
        }
    }
}

/// <summary>64 bytes at a step in two vectors.</summary>
internal sealed class Vector256Scanner : IStructuralScanner
{
    public string Name => "vector256";

    public int Scan(ReadOnlySpan<byte> text, int offset, Needles needles, Span<int> marks)
    {
        MaskWriter.CheckRoom(text, marks);
        ref var source = ref MemoryMarshal.GetReference(text);
        ref var target = ref MemoryMarshal.GetReference(marks);
        var (a, b, c) = (Vector256.Create(needles.Delimiter), Vector256.Create(needles.LineEnd), Vector256.Create(needles.Quote));
        int i = 0, count = 0;
        for (; i <= text.Length - 64; i += 64)
        {
            ulong all = 0, ends = 0, quotes = 0;
            for (var part = 0; part < 2; part++)
            {
                var v = Vector256.LoadUnsafe(ref source, (nuint)(i + part * 32));
                ulong end = Vector256.Equals(v, b).ExtractMostSignificantBits(), quote = Vector256.Equals(v, c).ExtractMostSignificantBits();
                ends |= end << part * 32;
                quotes |= quote << part * 32;
                all |= (end | quote | Vector256.Equals(v, a).ExtractMostSignificantBits()) << part * 32;
            }

            count = MaskWriter.Write(all, ends, quotes, offset + i, ref target, count);
        }

        return ScalarScanner.ScanTail(text, i, offset, needles, marks, count);
    }
}

/// <summary>64 bytes at a step in four vectors.</summary>
internal sealed class Vector128Scanner : IStructuralScanner
{
    public string Name => "vector128";

    public int Scan(ReadOnlySpan<byte> text, int offset, Needles needles, Span<int> marks)
    {
        MaskWriter.CheckRoom(text, marks);
        ref var source = ref MemoryMarshal.GetReference(text);
        ref var target = ref MemoryMarshal.GetReference(marks);
        var (a, b, c) = (Vector128.Create(needles.Delimiter), Vector128.Create(needles.LineEnd), Vector128.Create(needles.Quote));
        int i = 0, count = 0;
        for (; i <= text.Length - 64; i += 64)
        {
            ulong all = 0, ends = 0, quotes = 0;
            for (var part = 0; part < 4; part++)
            {
                var v = Vector128.LoadUnsafe(ref source, (nuint)(i + part * 16));
                ulong end = Vector128.Equals(v, b).ExtractMostSignificantBits(), quote = Vector128.Equals(v, c).ExtractMostSignificantBits();
                ends |= end << part * 16;
                quotes |= quote << part * 16;
                all |= (end | quote | Vector128.Equals(v, a).ExtractMostSignificantBits()) << part * 16;
            }

            count = MaskWriter.Write(all, ends, quotes, offset + i, ref target, count);
        }

        return ScalarScanner.ScanTail(text, i, offset, needles, marks, count);
    }
}
