using System.Globalization;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>Turns the numbers of a spreadsheet into the text that a careful reader would see.</summary>
internal static class CellNumbers
{
    private const int SignificantDigits = 15;
    private const double FirstRounded = 1e15;
    private const int LastSerial = 2_958_465, LeapDaySerial = 60, SecondsPerDay = 86_400;

    private static readonly DateTime Epoch1900 = new(1899, 12, 30), Epoch1904 = new(1904, 1, 1);

    /// <summary>The cell of a stored number; text when it is no number at all.</summary>
    public static SheetCell Cell(int column, string raw, NumberFormat? format, bool date1904)
    {
        if (IsPlainDigits(raw) && format is not { IsDate: true }) return new SheetCell(column, CellKind.Number, raw, raw, format);
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            return new SheetCell(column, CellKind.Text, raw);
        }

        var written = raw.AsSpan().Trim().Length == raw.Length ? raw : raw.Trim();
        return format is { IsDate: true } && DateText(value, date1904) is { } date
            ? new SheetCell(column, CellKind.Date, date, written, format)
            : new SheetCell(column, CellKind.Number, Text(value), written, format);
    }

    /// <summary>
    /// Up to 15 digits as plain digits, since a spreadsheet keeps that many; anything longer in E-notation with 15 digits, even
    /// where the file happens to hold more of them: what a spreadsheet program would show and save next is already rounded.
    /// </summary>
    public static string Text(double value) =>
        Math.Abs(value) >= FirstRounded ? value.ToString("0.00000000000000E+00", CultureInfo.InvariantCulture)
        : value == Math.Truncate(value) ? value.ToString("0", CultureInfo.InvariantCulture)
        : Fraction(value);

    /// <summary>1977-09-28, with the time where there is one; 08:30:00 for a time alone; null where the number is no day.</summary>
    public static string? DateText(double serial, bool date1904)
    {
        if (serial < 0 || serial >= LastSerial + 1) return null;
        var seconds = (long)Math.Round(serial * SecondsPerDay);
        var (day, second) = Math.DivRem(seconds, SecondsPerDay);
        var time = TimeSpan.FromSeconds(second);
        if (day == 0 && !date1904) return second == 0 ? null : time.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);

        // Excel counts a 29 February 1900 that never was.
        if (day == LeapDaySerial && !date1904) return null;
        if (day > LastSerial) return null;
        var epoch = date1904 ? Epoch1904 : day < LeapDaySerial ? Epoch1900.AddDays(1) : Epoch1900;
        if (day > (DateTime.MaxValue.Date - epoch).Days) return null;
        return DateText(epoch.AddDays(day) + time);
    }

    public static string DateText(DateTime instant) =>
        instant.ToString(instant.TimeOfDay.Ticks == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The serial number of an instant in the 1900 or 1904 date system.</summary>
    public static string Serial(DateTime instant, bool date1904)
    {
        var epoch = date1904 ? Epoch1904 : instant < new DateTime(1900, 3, 1) ? Epoch1900.AddDays(1) : Epoch1900;
        return (instant - epoch).TotalDays.ToString("R", CultureInfo.InvariantCulture);
    }

    private static bool IsPlainDigits(string raw) =>
        raw.Length is > 0 and <= SignificantDigits && !raw.AsSpan().ContainsAnyExceptInRange('0', '9') && (raw.Length == 1 || raw[0] != '0');

    // Shortest round trip, without an exponent where that is readable.
    private static string Fraction(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E') && Math.Abs(value) >= 1e-9 ? ((decimal)value).ToString(CultureInfo.InvariantCulture) : text;
    }
}
