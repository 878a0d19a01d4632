using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Learns in the first pass what values a field has, so that the smallest exact form can be chosen, and gives each cell a number that
/// <see cref="FieldTranslation"/> turns into the stored value when the form is known. One per field and thread.
/// </summary>
internal sealed class FieldCollector(IFieldComparer comparer)
{
    /// <summary>Units of a name that stand in its number themselves, 16 bits for each, the first one lowest. Of any other name the lowest 16 bits are 0.</summary>
    public const int ShortName = 3;

    // Three bytes of UTF-8, the first one lowest: what is fixed in them, and where.
    private const uint Lead = 0x8080E0, LeadMask = 0xC0C0F0;

    private readonly FieldStorage _storage = comparer.Storage;
    private readonly CellMemo _memo = new();
    private readonly WordMemo _words = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly bool[] _characters = comparer.Storage == FieldStorage.Name ? new bool[65536] : [];

    // Those among them that stand for themselves in any name.
    private readonly bool[] _plain = comparer.Storage == FieldStorage.Name ? new bool[65536] : [];
    private bool _isNumber = comparer.Storage == FieldStorage.Text;

    /// <summary>Values that the comparer could not read; they are kept as empty, so that the record answers "incomplete" and not "inconsistent".</summary>
    public long Unreadable { get; private set; }

    public long Min { get; private set; } = long.MaxValue;

    public long Max { get; private set; } = long.MinValue;

    public int Digits { get; private set; }

    /// <summary>All values seen so far are numbers of the same number of digits.</summary>
    public bool IsNumber => _isNumber;

    /// <summary>Keep texts even if they look like numbers: the second try after <see cref="IsNumber"/> failed.</summary>
    public bool CollectTexts { get; init; }

    /// <summary>Some cells were numbered as numbers, and then one was none: this try is lost.</summary>
    public bool MustTryAgain => _storage == FieldStorage.Text && !_isNumber && !CollectTexts;

    /// <summary>Distinct texts; the number of each is its place among them, from 1.</summary>
    public IReadOnlyList<string> Texts => _texts;

    public IEnumerable<char> Characters => Enumerable.Range(0, _characters.Length).Where(i => _characters[i]).Select(i => (char)i);

    /// <summary>Learns one cell and numbers it, 0 standing for empty or unreadable; false when it is not UTF-8, and then nothing was learned.</summary>
    public bool See(ReadOnlySpan<byte> cell, out ulong value)
    {
        value = 0;
        if (cell.IsEmpty) return true;
        switch (_storage)
        {
            case FieldStorage.Name:
                return SeePlainName(cell, out value) || SeeName(cell, out value);
            case FieldStorage.Text when _isNumber && !CollectTexts && TryNumber(cell, out value):
                return true;
            case FieldStorage.Date when FastDate.TryDay(cell, out var day):
                value = SeeNumber(day);
                return true;
            default:
                return _memo.TryGet(cell, out value) || SeeValue(cell, out value);
        }
    }

    /// <summary>Learns one column of all rows that were not put aside. Puts aside those whose cell is not UTF-8, and adds them to <paramref name="notText"/>.</summary>
    public void See(RowBatch rows, int column, List<int> notText, Span<ulong> values)
    {
        var cells = rows.Column(column);
        var skipped = rows.Skipped;
        values = values[..skipped.Length];
        switch (_storage)
        {
            case FieldStorage.Name:
                for (var row = 0; row < skipped.Length; row++)
                {
                    if (skipped[row]) continue;
                    if (!SeePlainName(cells[row], out values[row]) && !See(cells[row], out values[row])) PutAside(rows, row, notText);
                }

                break;
            case FieldStorage.Date:
                for (var row = 0; row < skipped.Length; row++)
                {
                    if (skipped[row]) continue;
                    if (FastDate.TryDay(cells[row], out var day)) values[row] = SeeNumber(day);
                    else if (!See(cells[row], out values[row])) PutAside(rows, row, notText);
                }

                break;
            case FieldStorage.Text when _isNumber && !CollectTexts:
                for (var row = 0; row < skipped.Length; row++)
                {
                    if (skipped[row]) continue;
                    var cell = cells[row];
                    if (!cell.IsEmpty && cell.Length == Digits && FastDigits.TryReadInText(cell, out var number)) values[row] = SeeNumber(number);
                    else if (!See(cell, out values[row])) PutAside(rows, row, notText);
                }

                break;
            default:
                for (var row = 0; row < skipped.Length; row++)
                {
                    if (skipped[row]) continue;
                    var cell = cells[row];
                    var word = cell.Length <= WordMemo.Longest ? WordMemo.WordInText(ref MemoryMarshal.GetReference(cell), cell.Length) : 0;
                    if (word != 0 && _words.TryGet(word, out values[row])) continue;
                    if (!See(cell, out values[row])) PutAside(rows, row, notText);
                    // 0 may stand for a value that is to be counted as unreadable each time.
                    else if (word != 0 && values[row] != 0) _words.Put(word, values[row]);
                }

                break;
        }
    }

    public void MergeInto(FieldCollector other)
    {
        other.Unreadable += Unreadable;
        other.Min = Math.Min(other.Min, Min);
        other.Max = Math.Max(other.Max, Max);
        other._isNumber &= _isNumber && (Digits == 0 || other.Digits == 0 || Digits == other.Digits);
        other.Digits = Math.Max(other.Digits, Digits);
        foreach (var text in _texts) other.NumberOf(text);
        for (var i = 0; i < _characters.Length; i++) other._characters[i] |= _characters[i];
    }

    /// <summary>Appends the canonical text of a cell of this number; a name as it was entered.</summary>
    public void WriteText(ReadOnlySpan<byte> cell, ulong value, ArrayBufferWriter<byte> to)
    {
        if (value == 0) StoredRecord.WriteText(to, []);
        else if (_storage == FieldStorage.Name) StoredRecord.WriteText(to, cell);
        // Numbers were numbered as they stand. Where others stood among them, this try is lost anyway.
        else if (_storage == FieldStorage.Text && !CollectTexts) StoredRecord.WriteText(to, TryText(cell, out var text) && comparer.TryReadStored(text, out var canonical) ? canonical : "");
        else if (_storage != FieldStorage.Date) StoredRecord.WriteText(to, _texts[(int)value - 1]);
        else if (cell.Length == 10 && FastDate.TryDay(cell, out _)) StoredRecord.WriteText(to, cell);
        else StoredRecord.WriteText(to, DateOnly.FromDayNumber((int)value - 1).ToString("yyyy-MM-dd"));
    }

    private static void PutAside(RowBatch rows, int row, List<int> notText)
    {
        rows.Skipped[row] = true;
        notText.Add(row);
    }

    // The common case: two or three Han characters of the basic plane.
    private bool SeePlainName(ReadOnlySpan<byte> cell, out ulong value)
    {
        value = 0;
        if (cell.Length is not (6 or 9)) return false;
        var first = BinaryPrimitives.ReadUInt32LittleEndian(cell);
        var second = BinaryPrimitives.ReadUInt32LittleEndian(cell[2..]) >> 8;
        // Of two characters the second is looked at twice.
        var third = BinaryPrimitives.ReadUInt32LittleEndian(cell[^4..]) >> 8;
        if (((first ^ Lead) & LeadMask | (second ^ Lead) & LeadMask | (third ^ Lead) & LeadMask) != 0) return false;
        uint a = CharacterOf(first), b = CharacterOf(second), c = CharacterOf(third);
        if (!(_plain[a] & _plain[b] & _plain[c]) && !SeePlain(a, b, c)) return false;
        value = a | b << 16 | (cell.Length == 6 ? 0 : (ulong)c << 32);
        return true;
    }

    private static uint CharacterOf(uint bytes) => (bytes & 15) << 12 | bytes >> 2 & 0xFC0 | bytes >> 16 & 63;

    private bool SeePlain(params ReadOnlySpan<uint> characters)
    {
        // Below lie those that are written in fewer bytes.
        foreach (var c in characters)
        {
            if (c < 0x800 || !PersonName.IsPlain((char)c)) return false;
        }

        foreach (var c in characters) _characters[c] = _plain[c] = true;
        return true;
    }

    private bool SeeName(ReadOnlySpan<byte> cell, out ulong value)
    {
        value = 0;
        if (!TryText(cell, out var raw)) return false;
        if (!comparer.TryReadStored(raw, out var canonical))
        {
            Unreadable++;
            return true;
        }

        if (canonical.Length == 0) return true;
        // Kept as entered when that differs from the canonical form; long names may or may not fit, which is known only at the end.
        var isShort = canonical == raw && canonical.Length <= ShortName;
        if (!isShort) value = NumberOf(raw) << 16;
        if (canonical != raw) return true;
        foreach (var c in canonical) _characters[c] = true;
        for (var i = isShort ? canonical.Length - 1 : -1; i >= 0; i--) value = value << 16 | canonical[i];
        return true;
    }

    // Only where decoding left a replacement character is there reason to look at the bytes.
    private static bool TryText(ReadOnlySpan<byte> cell, out string text)
    {
        text = Encoding.UTF8.GetString(cell);
        return !text.Contains('\uFFFD') || Utf8.IsValid(cell);
    }

    private bool TryNumber(ReadOnlySpan<byte> cell, out ulong value)
    {
        value = 0;
        if (Digits != 0 && Digits != cell.Length || cell.IsEmpty || !FastDigits.TryRead(cell, out var number)) return false;
        Digits = cell.Length;
        value = SeeNumber(number);
        return true;
    }

    private bool SeeValue(ReadOnlySpan<byte> cell, out ulong value)
    {
        value = 0;
        if (!TryText(cell, out var text)) return false;
        _isNumber = false;
        if (!comparer.TryReadStored(text, out var canonical))
        {
            Unreadable++;
            return true;
        }

        if (canonical.Length > 0) value = _storage == FieldStorage.Date ? SeeNumber(DateOnly.ParseExact(canonical, "yyyy-MM-dd").DayNumber) : NumberOf(canonical);
        _memo.Put(cell, value);
        return true;
    }

    private ulong SeeNumber(long number)
    {
        if (number < Min) Min = number;
        if (number > Max) Max = number;
        return (ulong)number + 1;
    }

    private ulong NumberOf(string text)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, text, out var isKnown);
        if (!isKnown)
        {
            _texts.Add(text);
            number = _texts.Count;
        }

        return (ulong)number;
    }
}
