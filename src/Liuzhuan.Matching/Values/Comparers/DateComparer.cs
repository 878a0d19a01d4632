namespace Liuzhuan.Matching.Values.Comparers;

/// <summary>
/// Calendar days, year first: 1977-09-28, 19770928, 1977/9/28, 1977.9.28, 1977年9月28日, with midnight behind where a program wrote it.
/// Any other time of day is not read: it may be the same instant in another time zone, on another day.
/// </summary>
internal sealed class DateComparer : IFieldComparer
{
    private const int Longest = 64;

    public string Name => "date";

    public FieldStorage Storage => FieldStorage.Date;

    public bool AreVariants(string asked, string stored) => false;

    public bool TryReadStored(ReadOnlySpan<char> cell, out string canonical)
    {
        var reading = Read(cell);
        canonical = reading.Canonical;
        return reading.Kind != ReadingKind.Unreadable;
    }

    public FieldReading Read(ReadOnlySpan<char> cell)
    {
        if (IsBlank(cell)) return FieldReading.Empty;
        Span<char> text = stackalloc char[Longest];
        if (cell.Length > Longest) return FieldReading.Unreadable;
        if (Parse(text[..Fold(cell, text)]) is not { } date) return FieldReading.Unreadable;
        var canonical = date.ToString("yyyy-MM-dd");
        return new FieldReading(ReadingKind.Value, canonical, !cell.SequenceEqual(canonical));
    }

    private static DateOnly? Parse(ReadOnlySpan<char> text)
    {
        if (!TakeNumber(ref text, 4, 4, out var year) || year < 1000) return null;
        int month;
        int day;
        if (text.Length >= 4 && char.IsAsciiDigit(text[0]))
        {
            if (!TakeNumber(ref text, 2, 2, out month) || !TakeNumber(ref text, 2, 2, out day)) return null;
        }
        else
        {
            SkipSpaces(ref text);
            if (text.IsEmpty || text[0] is not ('-' or '/' or '.' or '年')) return null;
            var separator = text[0] == '年' ? '月' : text[0];
            text = text[1..];
            SkipSpaces(ref text);
            if (!TakeNumber(ref text, 1, 2, out month)) return null;
            SkipSpaces(ref text);
            if (text.IsEmpty || text[0] != separator) return null;
            text = text[1..];
            SkipSpaces(ref text);
            if (!TakeNumber(ref text, 1, 2, out day)) return null;
            if (separator == '月')
            {
                SkipSpaces(ref text);
                if (!text.IsEmpty && text[0] is '日' or '号') text = text[1..];
            }
        }

        if (!IsNothingOrMidnight(text) || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month)) return null;
        return new DateOnly(year, month, day);
    }

    /// <summary>Nothing, or 0:00, 00:00:00, T00:00:00.000Z and the like.</summary>
    private static bool IsNothingOrMidnight(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return true;
        if (text[0] is not ('T' or ' ')) return false;
        text = text[1..];
        SkipSpaces(ref text);
        if (text.EndsWith("Z")) text = text[..^1];
        var colons = 0;
        foreach (var unit in text)
        {
            if (unit == ':') colons++;
            else if (unit is not ('0' or '.')) return false;
        }

        return colons is 1 or 2 && text[0] == '0' && text[^1] == '0';
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> text, int least, int most, out int number)
    {
        number = 0;
        var digits = 0;
        while (digits < most && digits < text.Length && char.IsAsciiDigit(text[digits])) number = number * 10 + text[digits++] - '0';
        text = text[digits..];
        return digits >= least;
    }

    private static void SkipSpaces(ref ReadOnlySpan<char> text) => text = text.TrimStart(' ');

    /// <summary>Narrow, in upper case, dashes one kind, blanks spaces, none around, a leading apostrophe gone.</summary>
    private static int Fold(ReadOnlySpan<char> cell, Span<char> text)
    {
        var length = 0;
        foreach (var unit in cell)
        {
            if (TextFolding.IsBlank(unit))
            {
                if (length > 0 && char.IsWhiteSpace(unit)) text[length++] = ' ';
            }
            else if (length > 0 || TextFolding.Narrow(unit) != '\'')
            {
                text[length++] = TextFolding.IsDash(unit) ? '-' : char.ToUpperInvariant(TextFolding.Narrow(unit));
            }
        }

        while (length > 0 && text[length - 1] == ' ') length--;
        return length;
    }

    private static bool IsBlank(ReadOnlySpan<char> cell)
    {
        foreach (var unit in cell)
        {
            if (!TextFolding.IsBlank(unit)) return false;
        }

        return true;
    }
}
