using System.Buffers;
using System.Text;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Turns one field's canonical text into its stored value and back; shared by building, asking and decoding.</summary>
internal sealed class FieldCodec
{
    private readonly string[] _values;
    private readonly Dictionary<string, int> _ranks;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _rankOf;

    public FieldCodec(FieldLayout layout, IFieldComparer comparer, IReadOnlyList<string> dictionary, NameCodec names)
    {
        (Layout, Comparer, Names) = (layout, comparer, names);
        _values = [.. dictionary];
        _ranks = new Dictionary<string, int>(_values.Length, StringComparer.Ordinal);
        for (var i = 0; i < _values.Length; i++) _ranks[_values[i]] = i + 1;
        _rankOf = _ranks.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public FieldLayout Layout { get; }

    public IFieldComparer Comparer { get; }

    public NameCodec Names { get; }

    public IReadOnlyList<string> Dictionary => _values;

    /// <summary>Bit that says a name lies in the heap.</summary>
    public ulong Escape => 1UL << (Layout.Width - 1);

    /// <summary>The value that equals a canonical text in this register; <see cref="FieldLayout.Unknown"/> when no record can have it. Not for heap values.</summary>
    public ulong ValueOf(ReadOnlySpan<char> canonical)
    {
        switch (Layout.Form)
        {
            case FieldForm.Name:
                return Names.TryEncode(canonical, out var code) ? code : Layout.Unknown;
            case FieldForm.Dictionary:
                return _rankOf.TryGetValue(canonical, out var rank) ? (ulong)rank : Layout.Unknown;
            case FieldForm.Date:
                return DateOnly.TryParseExact(canonical, "yyyy-MM-dd", out var date) ? ValueOfDay(date.DayNumber) : Layout.Unknown;
            case FieldForm.Number:
                return canonical.Length == Layout.Digits && long.TryParse(canonical, System.Globalization.NumberStyles.None, null, out var number) ? Offset(number) : Layout.Unknown;
            default:
                return Layout.Unknown;
        }
    }

    public ulong ValueOfDay(int day) => Offset(day);

    /// <summary>The text of a stored value that is not in the heap.</summary>
    public string TextOf(ulong value) => value == 0 ? "" : Layout.Form switch
    {
        FieldForm.Name => Names.Decode(value),
        FieldForm.Dictionary => _values[value - 1],
        FieldForm.Date => DateOnly.FromDayNumber((int)(Layout.Min + (long)value - 1)).ToString("yyyy-MM-dd"),
        FieldForm.Number => (Layout.Min + (long)value - 1).ToString("D" + Layout.Digits),
        _ => throw new InvalidOperationException($"A {Layout.Form} value has no text of its own."),
    };

    // 0 is empty, so the least value is stored as 1; values outside the register's range are unknown to it.
    private ulong Offset(long number)
    {
        var offset = number - Layout.Min + 1;
        return offset <= 0 || (ulong)offset >= Layout.Unknown ? Layout.Unknown : (ulong)offset;
    }
}

/// <summary>Encodes register cells in the second pass. One per field and thread.</summary>
internal sealed class FieldWriter(FieldCodec codec, IReadOnlyDictionary<string, int> heap)
{
    private readonly CellMemo _memo = new();
    private readonly FieldForm _form = codec.Layout.Form;
    private readonly long _min = codec.Layout.Min;
    private readonly ushort[] _plainCodes = codec.Names.PlainCodeOf;
    private readonly int _charBits = codec.Names.CharBits;

    /// <summary>The stored value of a register cell; 0 for one that is empty or cannot be read.</summary>
    public ulong Encode(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty) return 0;
        switch (_form)
        {
            case FieldForm.Name:
                return EncodePlainName(cell, out var packed) ? packed : EncodeName(cell);
            case FieldForm.Date when FastDate.TryDay(cell, out var day):
                return (ulong)(day - _min + 1);
            case FieldForm.Number:
                return FastDigits.TryRead(cell, out var number) ? (ulong)(number - _min + 1) : throw new InvalidOperationException("A value of the second pass was not seen in the first.");
            default:
                if (_memo.TryGet(cell, out var value)) return value;
                value = EncodeText(cell);
                _memo.Put(cell, value);
                return value;
        }
    }

    /// <summary>Encodes one column of all rows that were not put aside.</summary>
    public void Encode(RowBatch rows, int column, Span<ulong> values)
    {
        var skipped = rows.Skipped;
        var isName = _form == FieldForm.Name;
        var usesMemo = _form is FieldForm.Dictionary or FieldForm.Heap;
        for (var row = 0; row < skipped.Length; row++)
        {
            if (skipped[row]) continue;
            var cell = rows.Cell(row, column);
            if (isName && EncodePlainName(cell, out values[row]) || usesMemo && _memo.TryGet(cell, out values[row])) continue;
            values[row] = Encode(cell);
        }
    }

    /// <summary>Appends the canonical text of a cell whose value is <paramref name="value"/>; a name as it was entered.</summary>
    public void WriteText(ReadOnlySpan<byte> cell, ulong value, ArrayBufferWriter<byte> to)
    {
        // Forms that are their own canonical text; every other is read again.
        var isCanonical = cell.IsEmpty || _form == FieldForm.Name && EncodePlainName(cell, out _) || _form == FieldForm.Date && cell.Length == 10 && FastDate.TryDay(cell, out _);
        if (isCanonical) StoredRecord.WriteText(to, cell);
        else if (_form == FieldForm.Dictionary) StoredRecord.WriteText(to, codec.TextOf(value));
        else if (!codec.Comparer.TryReadStored(Encoding.UTF8.GetString(cell), out var canonical) || canonical.Length == 0) StoredRecord.WriteText(to, "");
        else if (codec.Comparer.Storage == FieldStorage.Name) StoredRecord.WriteText(to, cell);
        else StoredRecord.WriteText(to, canonical);
    }

    private bool EncodePlainName(ReadOnlySpan<byte> cell, out ulong packed)
    {
        packed = 0;
        if (cell.Length is not (6 or 9)) return false;
        for (var i = cell.Length - 3; i >= 0; i -= 3)
        {
            if ((cell[i] & 0xF0) != 0xE0 || ((cell[i + 1] ^ 0x80) | (cell[i + 2] ^ 0x80)) >= 0x40) return false;
            var c = (cell[i] & 15) << 12 | (cell[i + 1] & 63) << 6 | cell[i + 2] & 63;
            var one = _plainCodes[c];
            if (one == 0) return false;
            packed = packed << _charBits | one;
        }

        return true;
    }

    private ulong EncodeName(ReadOnlySpan<byte> cell)
    {
        var raw = Encoding.UTF8.GetString(cell);
        if (!codec.Comparer.TryReadStored(raw, out var canonical) || canonical.Length == 0) return 0;
        if (canonical == raw && codec.Names.TryEncode(canonical, out var packed)) return packed;
        return codec.Escape | (uint)heap[raw];
    }

    private ulong EncodeText(ReadOnlySpan<byte> cell)
    {
        if (!codec.Comparer.TryReadStored(Encoding.UTF8.GetString(cell), out var canonical) || canonical.Length == 0) return 0;
        return codec.Layout.Form == FieldForm.Heap ? (ulong)heap[canonical] + 1 : codec.ValueOf(canonical);
    }
}
