namespace Liuzhuan.Matching.Values;

/// <summary>Reads the two commonest written dates, 1977-09-28 and 19770928, straight from bytes; every other form is left to the date comparer.</summary>
internal static class FastDate
{
    /// <summary>Days since 0001-01-01, or false when the slow reader must look.</summary>
    public static bool TryDay(ReadOnlySpan<byte> cell, out int day)
    {
        day = 0;
        int year, month, date;
        if (cell.Length == 10 && cell[4] == '-' && cell[7] == '-')
            (year, month, date) = (Number(cell[..4]), Number(cell[5..7]), Number(cell[8..10]));
        else if (cell.Length == 8)
            (year, month, date) = (Number(cell[..4]), Number(cell[4..6]), Number(cell[6..8]));
        else return false;
        if (year is < 1000 or > 9999 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month)) return false;
        day = new DateOnly(year, month, date).DayNumber;
        return true;
    }

    // Negative when a byte is no digit.
    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var b in digits)
        {
            if (b is < (byte)'0' or > (byte)'9') return -1;
            number = number * 10 + b - '0';
        }

        return number;
    }
}
