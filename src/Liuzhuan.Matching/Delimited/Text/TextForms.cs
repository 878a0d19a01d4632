using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Liuzhuan.Matching.Delimited.Text;

/// <summary>
/// What an encoding means for the batch. UTF-8 and GB18030 are worked on as they are, UTF-16 as generalised UTF-8
/// (<see cref="Wtf8"/>); "working bytes" are either.
/// </summary>
internal static class TextForms
{
    private static readonly byte[] Utf8Bom = [0xEF, 0xBB, 0xBF], Gb18030Bom = [0x84, 0x31, 0x95, 0x33], LittleBom = [0xFF, 0xFE], BigBom = [0xFE, 0xFF];

    public static bool IsUtf16(this TextForm form) => form is TextForm.Utf16LittleEndian or TextForm.Utf16BigEndian;

    public static CellCoding Coding(this TextForm form) => form == TextForm.Gb18030 ? CellCoding.Gb18030 : CellCoding.Utf8;

    /// <summary>The byte order mark of a form, in file bytes.</summary>
    public static ReadOnlySpan<byte> Bom(this TextForm form) => form switch
    {
        TextForm.Utf8 => Utf8Bom,
        TextForm.Gb18030 => Gb18030Bom,
        TextForm.Utf16LittleEndian => LittleBom,
        TextForm.Utf16BigEndian => BigBom,
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    /// <summary>Working bytes as text; what cannot be decoded becomes U+FFFD.</summary>
    public static string Decode(this TextForm form, ReadOnlySpan<byte> working)
    {
        if (form == TextForm.Gb18030) return Gb18030Encoding.Instance.GetString(working);
        if (!form.IsUtf16()) return Encoding.UTF8.GetString(working);
        var units = ArrayPool<char>.Shared.Rent(working.Length + 1);
        var text = new string(units.AsSpan(0, Wtf8.Decode(working, units)));
        ArrayPool<char>.Shared.Return(units);
        return text;
    }

    /// <summary>Working bytes as characters; <paramref name="characters"/> needs one for each byte.</summary>
    public static int Decode(this TextForm form, ReadOnlySpan<byte> working, Span<char> characters) => form switch
    {
        TextForm.Utf8 => Encoding.UTF8.GetChars(working, characters),
        TextForm.Gb18030 => Gb18030Encoding.Instance.GetChars(working, characters),
        _ => Wtf8.Decode(working, characters),
    };

    /// <summary>Our own text as working bytes.</summary>
    public static byte[] Encode(this TextForm form, string text) => form == TextForm.Gb18030 ? Gb18030Encoding.Instance.GetBytes(text) : Encoding.UTF8.GetBytes(text);

    /// <summary>File bytes (without byte order mark) as working bytes. An odd last byte of UTF-16 is left out.</summary>
    public static ReadOnlySpan<byte> ToWorking(this TextForm form, ReadOnlySpan<byte> file)
    {
        if (!form.IsUtf16()) return file;
        var units = MemoryMarshal.Cast<byte, char>(file).ToArray();
        Wtf8.SwapToMachine(units, form == TextForm.Utf16BigEndian);
        var working = new byte[units.Length * Wtf8.MaxBytesPerUnit];
        return working.AsSpan(0, Wtf8.Encode(units, working));
    }

    // Of its own, so that it is not loaded for files in other encodings.
    private static class Gb18030Encoding
    {
        /// <summary>GB18030 is not among the encodings that are there by default; the provider of the shared framework has it.</summary>
        public static readonly Encoding Instance = CodePagesEncodingProvider.Instance.GetEncoding(54936) ?? throw new NotSupportedException("GB18030 is missing in this runtime.");
    }
}
