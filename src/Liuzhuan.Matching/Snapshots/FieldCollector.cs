using System.Text;
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

    public void See(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty) return;
        switch (_storage)
        {
            case FieldStorage.Name:
                if (!SeePlainName(cell)) SeeName(cell);
                break;
            case FieldStorage.Text:
                SeeText(cell);
                break;
            case FieldStorage.Date when FastDate.TryDay(cell, out var day):
                SeeDay(day);
                break;
            default:
                if (_memo.TryGet(cell, out _)) return;
                SeeValue(cell);
                break;
        }
    }

    /// <summary>Learns one column of all rows that were not put aside.</summary>
    public void See(RowBatch rows, int column)
    {
        var skipped = rows.Skipped;
        switch (_storage)
        {
            case FieldStorage.Name:
                for (var row = 0; row < skipped.Length; row++)
                {
                    if (skipped[row]) continue;
                    var cell = rows.Cell(row, column);
                    if (!SeePlainName(cell) && !cell.IsEmpty) SeeName(cell);
                }

                break;
            case FieldStorage.Date:
                for (var row = 0; row < skipped.Length; row++)
                {
                    if (skipped[row]) continue;
                    if (FastDate.TryDay(rows.Cell(row, column), out var day)) SeeDay(day);
                    else See(rows.Cell(row, column));
                }

                break;
            default:
                for (var row = 0; row < skipped.Length; row++)
                {
                    if (skipped[row]) continue;
                    var cell = rows.Cell(row, column);
                    if (_storage == FieldStorage.Text || !_memo.TryGet(cell, out _)) See(cell);
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

    private void SeeName(ReadOnlySpan<byte> cell)
    {
        var raw = Encoding.UTF8.GetString(cell);
        if (!comparer.TryReadStored(raw, out var canonical))
        {
            Unreadable++;
            return;
        }

        if (canonical.Length == 0) return;
        // Kept as entered when that differs from the canonical form; long names may or may not fit, which is known only at the end.
        if (canonical != raw || canonical.Length > ShortName) _texts.Add(raw);
        if (canonical != raw) return;
        foreach (var c in canonical) _characters[c] = true;
    }

    private void SeeText(ReadOnlySpan<byte> cell)
    {
        if (_isNumber && !CollectTexts && TryNumber(cell, out var number))
        {
            Digits = cell.Length;
            Min = Math.Min(Min, number);
            Max = Math.Max(Max, number);
            return;
        }

        _isNumber = false;
        if (!comparer.TryReadStored(Encoding.UTF8.GetString(cell), out var canonical)) Unreadable++;
        else if (canonical.Length > 0) _texts.Add(canonical);
    }

    private bool TryNumber(ReadOnlySpan<byte> cell, out long number)
    {
        number = 0;
        return (Digits == 0 || Digits == cell.Length) && FastDigits.TryRead(cell, out number);
    }

    private void SeeValue(ReadOnlySpan<byte> cell)
    {
        if (!comparer.TryReadStored(Encoding.UTF8.GetString(cell), out var canonical))
        {
            Unreadable++;
            return;
        }

        _memo.Put(cell, 0);
        if (canonical.Length == 0) return;
        if (comparer.Storage == FieldStorage.Date) SeeDay(DateOnly.ParseExact(canonical, "yyyy-MM-dd").DayNumber);
        else _texts.Add(canonical);
    }

    private void SeeDay(int day)
    {
        Min = Math.Min(Min, day);
        Max = Math.Max(Max, day);
    }
}
