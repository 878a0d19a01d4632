using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Liuzhuan.Matching.Delimited.Text;

/// <summary>
/// UTF-16 text as UTF-8 bytes and back, code unit for code unit: a surrogate without its partner becomes the three bytes that
/// UTF-8 would give its code point (generalised UTF-8), so that damaged files come back as they were.
/// </summary>
internal static class Wtf8
{
    /// <summary>Bytes that one code unit takes at most.</summary>
    public const int MaxBytesPerUnit = 3;

    /// <summary>Writes all of <paramref name="units"/>; <paramref name="bytes"/> needs three bytes for each. Returns the bytes written.</summary>
    public static int Encode(ReadOnlySpan<char> units, Span<byte> bytes)
    {
        var written = 0;
        while (true)
        {
            var status = Utf8.FromUtf16(units, bytes[written..], out var read, out var wrote, replaceInvalidSequences: false, isFinalBlock: true);
            written += wrote;
            if (status == OperationStatus.Done) return written;
            if (status != OperationStatus.InvalidData) throw new ArgumentException("Too little room.", nameof(bytes));
            var lone = units[read];
            bytes[written++] = (byte)(0xE0 | lone >> 12);
            bytes[written++] = (byte)(0x80 | lone >> 6 & 0x3F);
            bytes[written++] = (byte)(0x80 | lone & 0x3F);
            units = units[(read + 1)..];
        }
    }

    /// <summary>The inverse of <see cref="Encode"/>; <paramref name="units"/> needs one unit for each byte. Bytes that <see cref="Encode"/> cannot have written become U+FFFD.</summary>
    public static int Decode(ReadOnlySpan<byte> bytes, Span<char> units)
    {
        var written = 0;
        while (true)
        {
            var status = Utf8.ToUtf16(bytes, units[written..], out var read, out var wrote, replaceInvalidSequences: false, isFinalBlock: true);
            written += wrote;
            if (status == OperationStatus.Done) return written;
            if (status == OperationStatus.DestinationTooSmall) throw new ArgumentException("Too little room.", nameof(units));
            bytes = bytes[read..];
            if (bytes.Length >= 3 && bytes[0] == 0xED && bytes[1] is >= 0xA0 and <= 0xBF && bytes[2] is >= 0x80 and <= 0xBF)
            {
                units[written++] = (char)(0xD000 | (bytes[1] & 0x3F) << 6 | bytes[2] & 0x3F);
                bytes = bytes[3..];
            }
            else
            {
                units[written++] = '\uFFFD';
                bytes = bytes[1..];
            }
        }
    }

    /// <summary>Turns code units in the byte order of a file into those of the machine, or back, in place.</summary>
    public static void SwapToMachine(Span<char> units, bool bigEndian)
    {
        if (bigEndian != BitConverter.IsLittleEndian) return;
        var words = MemoryMarshal.Cast<char, ushort>(units);
        BinaryPrimitives.ReverseEndianness(words, words);
    }
}
