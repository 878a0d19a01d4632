using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Turns one field's canonical text into its stored value and back; shared by building, asking and decoding.</summary>
internal sealed class FieldCodec
{
    private readonly string[] _values;
    private readonly Dictionary<string, int> _ranks;
    private RankLookup? _rankOf;

    public FieldCodec(FieldLayout layout, IFieldComparer comparer, IReadOnlyList<string> dictionary, NameCodec names)
    {
        (Layout, Comparer, Names) = (layout, comparer, names);
        _values = [.. dictionary];
        _ranks = new Dictionary<string, int>(_values.Length, StringComparer.Ordinal);
        for (var i = 0; i < _values.Length; i++) _ranks[_values[i]] = i + 1;
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
                return (_rankOf ??= new RankLookup(_ranks)).Find(canonical) is > 0 and var rank ? (ulong)rank : Layout.Unknown;
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

    // Only made where texts of a dictionary are asked for: most files ask for names alone.
    private sealed class RankLookup(Dictionary<string, int> ranks)
    {
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ranks = ranks.GetAlternateLookup<ReadOnlySpan<char>>();

        public int Find(ReadOnlySpan<char> text) => _ranks.TryGetValue(text, out var rank) ? rank : 0;
    }
}
