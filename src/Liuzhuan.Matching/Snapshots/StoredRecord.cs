using System.Buffers;
using System.Text;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>One record as text: a value per schema field, canonical except names, which stand as they were entered.</summary>
/// <param name="Values">One per schema field; empty when unknown.</param>
internal sealed record StoredRecord(string[] Values)
{
    /// <summary>Appends length-prefixed UTF-8 values.</summary>
    public void Write(List<byte> to)
    {
        foreach (var value in Values)
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            WriteLength(to, (uint)bytes.Length);
            to.AddRange(bytes);
        }
    }

    /// <summary>Reads a record written by <see cref="Write"/> and moves on.</summary>
    public static StoredRecord Read(ref ReadOnlySpan<byte> from, RegisterSchema schema)
    {
        var values = new string[schema.Fields.Count];
        for (var i = 0; i < values.Length; i++) values[i] = ReadText(ref from);
        return new StoredRecord(values);
    }

    public static string ReadText(ref ReadOnlySpan<byte> from)
    {
        var length = (int)ReadLength(ref from);
        var text = Encoding.UTF8.GetString(from[..length]);
        from = from[length..];
        return text;
    }

    public static void WriteText(List<byte> to, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteLength(to, (uint)bytes.Length);
        to.AddRange(bytes);
    }

    public static void WriteText(ArrayBufferWriter<byte> to, string text)
    {
        WriteLength(to, (uint)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, to);
    }

    public static void WriteText(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> text)
    {
        WriteLength(to, (uint)text.Length);
        to.Write(text);
    }

    public static void WriteLength(ArrayBufferWriter<byte> to, uint length)
    {
        for (; length >= 0x80; length >>= 7) to.Write([(byte)(length | 0x80)]);
        to.Write([(byte)length]);
    }

    public static void WriteLength(List<byte> to, uint length)
    {
        for (; length >= 0x80; length >>= 7) to.Add((byte)(length | 0x80));
        to.Add((byte)length);
    }

    public static uint ReadLength(ref ReadOnlySpan<byte> from)
    {
        uint length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var one = from[0];
            from = from[1..];
            length |= (uint)(one & 0x7F) << shift;
            if (one < 0x80) return length;
        }
    }

    public bool SameAs(StoredRecord other) => Values.AsSpan().SequenceEqual(other.Values);
}

/// <summary>The status of a record, as two bits.</summary>
internal enum RecordStatus : byte
{
    Active = 0,
    Deceased = 1,
    Cancelled = 2,
    Changing = 3,
}

/// <summary>Words of <see cref="RecordStatus"/> in register files.</summary>
internal static class RecordStatusText
{
    private static readonly string[] Words = ["active", "deceased", "cancelled", "changing"];

    public static string Word(this RecordStatus status) => Words[(int)status];

    /// <summary>False for a word that is not one of the four.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RecordStatus status)
    {
        status = RecordStatus.Active;
        text = text.Trim();
        for (var i = 0; i < Words.Length; i++)
        {
            if (!text.Equals(Words[i], StringComparison.OrdinalIgnoreCase)) continue;
            status = (RecordStatus)i;
            return true;
        }

        return false;
    }
}
