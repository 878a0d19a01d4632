using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;
using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Delimited.Recognition;

/// <summary>Recognises the encoding of a text file: byte order mark, then the zero bytes of UTF-16, then whichever of UTF-8 and GB18030 the bytes obey.</summary>
internal static class FormGuess
{
    public const int HeadBytes = 256 * 1024;

    // Up to this size a file that begins in plain ASCII is read through; of a larger one, samples.
    private const long ReadThrough = 64L << 20;
    private const int Samples = 64;

    private static readonly byte[][] BinaryStarts =
    [
        "PK\x03\x04"u8.ToArray(), [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "%PDF-"u8.ToArray(), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A],
        [0x1F, 0x8B, 0x08], "7z\xBC\xAF\x27\x1C"u8.ToArray(), "Rar!\x1A"u8.ToArray(), [0x7F, 0x45, 0x4C, 0x46], [0xFF, 0xD8, 0xFF],
    ];

    /// <summary>Spreadsheets, archives, pictures, programs, and anything full of control characters.</summary>
    public static void RefuseBinary(ReadOnlySpan<byte> head)
    {
        foreach (var start in BinaryStarts)
        {
            if (head.StartsWith(start)) throw DelimitedException.Binary();
        }
    }

    /// <summary>The encoding of a text of which the head is all that is known.</summary>
    public static TextForm Of(ReadOnlySpan<byte> head, bool isWhole) =>
        Certain(head) ?? (IsUtf8(head, isWhole) ? TextForm.Utf8 : Settle(new Evidence().Add(head, isWhole)));

    /// <summary>The encoding of a file, more of which is looked at when the head leaves it open.</summary>
    public static TextForm Of(ReadOnlySpan<byte> head, bool isWhole, Stream file)
    {
        if (Certain(head) is { } form) return form;
        var evidence = new Evidence().Add(head, isWhole);
        for (var i = 0; !isWhole && i < StretchCount(file.Length) && !evidence.IsEnough; i++)
        {
            var at = file.Length <= ReadThrough ? (long)(i + 1) * HeadBytes : file.Length / Samples * i;
            if (at < HeadBytes) continue;
            var stretch = ReadAt(file, at, HeadBytes).AsSpan();
            // Only a line end is sure to be followed by the start of a character.
            stretch = stretch[(stretch.IndexOfAny((byte)'\n', (byte)'\r') + 1)..];
            evidence = evidence.Add(stretch, at + HeadBytes >= file.Length);
        }

        return Settle(evidence);
    }

    public static byte[] ReadAt(Stream file, long position, int length)
    {
        file.Position = position;
        var bytes = new byte[Math.Max(0, Math.Min(length, file.Length - position))];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static int StretchCount(long length) => length <= ReadThrough ? (int)(length / HeadBytes) : Samples;

    private static TextForm? Certain(ReadOnlySpan<byte> head)
    {
        foreach (var form in Enum.GetValues<TextForm>())
        {
            if (head.StartsWith(form.Bom())) return form;
        }

        return Utf16(head);
    }

    // Digits, delimiters and line ends of any table are half zero in UTF-16, and all on the same side.
    private static TextForm? Utf16(ReadOnlySpan<byte> head)
    {
        if (!HasControls(head)) return null;
        int even = 0, odd = 0, controls = 0;
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] == 0) _ = (i & 1) == 0 ? even++ : odd++;
            else if (IsControl(head[i])) controls++;
        }

        var enough = head.Length / 16;
        if (odd > enough && even <= odd / 16) return TextForm.Utf16LittleEndian;
        if (even > enough && odd <= even / 16) return TextForm.Utf16BigEndian;
        if ((even + odd + controls) * 8L > head.Length) throw DelimitedException.Binary();
        return null;
    }

    /// <summary>Is there a control character other than tab and line end?</summary>
    internal static bool HasControls(ReadOnlySpan<byte> head)
    {
        for (; head.Length >= Vector256<byte>.Count; head = head[Vector256<byte>.Count..])
        {
            var bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(head));
            var allowed = Vector256.Equals(bytes, Vector256.Create((byte)'\t')) | Vector256.Equals(bytes, Vector256.Create((byte)'\n')) | Vector256.Equals(bytes, Vector256.Create((byte)'\r'));
            if ((Vector256.LessThan(bytes, Vector256.Create((byte)' ')) & ~allowed) != Vector256<byte>.Zero) return true;
        }

        foreach (var one in head)
        {
            if (IsControl(one)) return true;
        }

        return false;
    }

    private static bool IsControl(byte one) => one < ' ' && one is not ((byte)'\t' or (byte)'\r' or (byte)'\n');

    // What is right throughout needs no counting. A head may end within a character.
    private static bool IsUtf8(ReadOnlySpan<byte> head, bool isWhole)
    {
        const int LongestRest = 3;
        for (var cut = 0; cut <= (isWhole ? 0 : Math.Min(LongestRest, head.Length)); cut++)
        {
            var rest = head[^cut..];
            var isCharacterBegun = cut == 0 || Rune.DecodeFromUtf8(rest, out _, out var length) == OperationStatus.NeedMoreData && length == cut;
            if (isCharacterBegun && Utf8.IsValid(head[..^cut])) return true;
        }

        return false;
    }

    private static TextForm Settle(Evidence evidence)
    {
        if (evidence.BadUtf8 == 0 || evidence.IsClearlyUtf8) return TextForm.Utf8;
        if (evidence.BadGb18030 == 0 || evidence.IsClearlyGb18030) return TextForm.Gb18030;
        throw DelimitedException.EncodingUnknown();
    }

    /// <summary>Characters beyond ASCII that are right, and bytes that are wrong, in either encoding.</summary>
    private readonly record struct Evidence(long GoodUtf8, long BadUtf8, long GoodGb18030, long BadGb18030)
    {
        // One bad byte among this many good characters is damage, not another encoding.
        private const int GoodPerBad = 20;
        private const int Plenty = 64;

        public bool IsClearlyUtf8 => GoodUtf8 >= BadUtf8 * GoodPerBad;

        public bool IsClearlyGb18030 => GoodGb18030 >= BadGb18030 * GoodPerBad;

        public bool IsEnough => GoodUtf8 + BadUtf8 >= Plenty && (IsClearlyUtf8 || IsClearlyGb18030);

        public Evidence Add(ReadOnlySpan<byte> bytes, bool isEnd)
        {
            if (Ascii.IsValid(bytes)) return this;
            var (goodUtf8, badUtf8) = CountUtf8(bytes, isEnd);
            var (goodGb, badGb) = CountGb18030(bytes, isEnd);
            return new Evidence(GoodUtf8 + goodUtf8, BadUtf8 + badUtf8, GoodGb18030 + goodGb, BadGb18030 + badGb);
        }
    }

    private static (long Good, long Bad) CountUtf8(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        long good = 0, bad = 0;
        for (var at = 0; NextBeyondAscii(bytes, ref at);)
        {
            var status = Rune.DecodeFromUtf8(bytes[at..], out _, out var length);
            if (status == OperationStatus.NeedMoreData && !isEnd) break;
            if (status == OperationStatus.Done) good++;
            else bad++;
            at += length;
        }

        return (good, bad);
    }

    // GB 18030-2022: 81-FE 40-7E/80-FE, or 81-FE 30-39 81-FE 30-39.
    private static (long Good, long Bad) CountGb18030(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        long good = 0, bad = 0;
        for (var at = 0; NextBeyondAscii(bytes, ref at);)
        {
            var rest = bytes[at..];
            var length = rest.Length < 2 || !IsLead(rest[0]) ? 0
                : rest[1] is >= 0x40 and not 0x7F and not 0xFF ? 2
                : rest.Length >= 4 && IsDigit(rest[1]) && IsLead(rest[2]) && IsDigit(rest[3]) ? 4
                : 0;
            if (length == 0 && rest.Length < 4 && !isEnd) break;
            if (length > 0) good++;
            else bad++;
            at += Math.Max(length, 1);
        }

        return (good, bad);
    }

    private static bool NextBeyondAscii(ReadOnlySpan<byte> bytes, ref int at)
    {
        var next = bytes[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        at += Math.Max(next, 0);
        return next >= 0;
    }

    private static bool IsLead(byte b) => b is >= 0x81 and <= 0xFE;

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';
}
