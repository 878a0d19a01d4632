using System.Text;
using System.Text.Unicode;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Learns in the first pass what values a field has, so that the smallest exact form can be chosen. One per field and thread.</summary>
internal sealed class FieldCollector(IFieldComparer comparer)
{
    private const int ShortName = 3;

    private readonly FieldStorage _storage = comparer.Storage;
    private readonly CellMemo _memo = new();
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly bool[] _characters = comparer.Storage == FieldStorage.Name ? new bool[65536] : [];
    private bool _isNumber = comparer.Storage == FieldStorage.Text;

    /// <summary>Values that the comparer could not read; they are kept as empty, so that the record answers "incomplete" and not "inconsistent".</summary>
    public long Unreadable { get; private set; }

    public long Min { get; private set; } = long.MaxValue;

    public long Max { get; private set; } = long.MinValue;

    public int Digits { get; private set; }

    /// <summary>All values seen so far are numbers of the same number of digits.</summary>
    public bool IsNumber => _isNumber;

    /// <summary>Keep texts even if they look like numbers: the second try after <see cref="IsNumber"/> failed in another thread.</summary>
    public bool CollectTexts { get; init; }

    public IReadOnlySet<string> Texts => _texts;

    public IEnumerable<char> Characters => Enumerable.Range(0, _characters.Length).Where(i => _characters[i]).Select(i => (char)i);

    /// <summary>Learns one cell; false when it is not UTF-8, and then nothing was learned.</summary>
    public bool See(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty) return true;
        switch (_storage)
        {
            case FieldStorage.Name:
                return SeePlainName(cell) || SeeName(cell);
            case FieldStorage.Text:
                return SeeText(cell);
            case FieldStorage.Date when FastDate.TryDay(cell, out var day):
                SeeDay(day);
                return true;
            default:
                return _memo.TryGet(cell, out _) || SeeValue(cell);
        }
    }

    /// <summary>Learns one column of all rows that were not put aside. Puts aside those whose cell is not UTF-8, and adds them to <paramref name="notText"/>.</summary>
    public void See(RowBatch rows, int column, List<int> notText)
    {
        var skipped = rows.Skipped;
        switch (_storage)
        {
            case FieldStorage.Name:
                for (var row = 0; row < skipped.Length; row++)
                {
                    if (skipped[row]) continue;
                    var cell = rows.Cell(row, column);
                    if (!SeePlainName(cell) && !cell.IsEmpty && !SeeName(cell)) PutAside(rows, row, notText);
                }

                break;
            case FieldStorage.Date:
                for (var row = 0; row < skipped.Length; row++)
                {
                    if (skipped[row]) continue;
                    if (FastDate.TryDay(rows.Cell(row, column), out var day)) SeeDay(day);
                    else if (!See(rows.Cell(row, column))) PutAside(rows, row, notText);
                }

                break;
            default:
                for (var row = 0; row < skipped.Length; row++)
                {
                    if (skipped[row]) continue;
                    var cell = rows.Cell(row, column);
                    if ((_storage == FieldStorage.Text || !_memo.TryGet(cell, out _)) && !See(cell)) PutAside(rows, row, notText);
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
        other._texts.UnionWith(_texts);
        for (var i = 0; i < _characters.Length; i++) other._characters[i] |= _characters[i];
    }

    private static void PutAside(RowBatch rows, int row, List<int> notText)
    {
        rows.Skipped[row] = true;
        notText.Add(row);
    }

    // The common case: two or three Han characters of the basic plane.
    private bool SeePlainName(ReadOnlySpan<byte> cell)
    {
        if (cell.Length is not (6 or 9)) return false;
        for (var i = 0; i < cell.Length; i += 3)
        {
            if ((cell[i] & 0xF0) != 0xE0 || ((cell[i + 1] ^ 0x80) | (cell[i + 2] ^ 0x80)) >= 0x40) return false;
            var c = CharacterAt(cell, i);
            if (!_characters[c] && !PersonName.IsPlain((char)c)) return false;
        }

        for (var i = 0; i < cell.Length; i += 3)
        {
            ref var seen = ref _characters[CharacterAt(cell, i)];
            if (!seen) seen = true;
        }

        return true;
    }

    private static int CharacterAt(ReadOnlySpan<byte> cell, int at) => (cell[at] & 15) << 12 | (cell[at + 1] & 63) << 6 | cell[at + 2] & 63;

    private bool SeeName(ReadOnlySpan<byte> cell)
    {
        if (!TryText(cell, out var raw)) return false;
        if (!comparer.TryReadStored(raw, out var canonical))
        {
            Unreadable++;
            return true;
        }

        if (canonical.Length == 0) return true;
        // Kept as entered when that differs from the canonical form; long names may or may not fit, which is known only at the end.
        if (canonical != raw || canonical.Length > ShortName) _texts.Add(raw);
        if (canonical != raw) return true;
        foreach (var c in canonical) _characters[c] = true;
        return true;
    }

    private bool SeeText(ReadOnlySpan<byte> cell)
    {
        if (_isNumber && !CollectTexts && TryNumber(cell, out var number))
        {
            Digits = cell.Length;
            Min = Math.Min(Min, number);
            Max = Math.Max(Max, number);
            return true;
        }

        if (!TryText(cell, out var text)) return false;
        _isNumber = false;
        if (!comparer.TryReadStored(text, out var canonical)) Unreadable++;
        else if (canonical.Length > 0) _texts.Add(canonical);
        return true;
    }

    // Only where decoding left a replacement character is there reason to look at the bytes.
    private static bool TryText(ReadOnlySpan<byte> cell, out string text)
    {
        text = Encoding.UTF8.GetString(cell);
        return !text.Contains('\uFFFD') || Utf8.IsValid(cell);
    }

    private bool TryNumber(ReadOnlySpan<byte> cell, out long number)
    {
        number = 0;
        return (Digits == 0 || Digits == cell.Length) && FastDigits.TryRead(cell, out number);
    }

    private bool SeeValue(ReadOnlySpan<byte> cell)
    {
        if (!TryText(cell, out var text)) return false;
        if (!comparer.TryReadStored(text, out var canonical))
        {
            Unreadable++;
            return true;
        }

        _memo.Put(cell, 0);
        if (canonical.Length == 0) return true;
        if (comparer.Storage == FieldStorage.Date) SeeDay(DateOnly.ParseExact(canonical, "yyyy-MM-dd").DayNumber);
        else _texts.Add(canonical);
        return true;
    }

    private void SeeDay(int day)
    {
        Min = Math.Min(Min, day);
        Max = Math.Max(Max, day);
    }
}
