namespace Liuzhuan.Matching.Values;

/// <summary>A checked 18-character citizen number (GB 11643-1999), packed so that numbers compare and hash fast.</summary>
/// <param name="Packed">First six digits times 2^27, plus days since 1800-01-01 times 2^10, plus the three digits of the sequence. Below 2^47.</param>
public readonly record struct CitizenNumber(ulong Packed)
{
    internal const int Length = 18;

    /// <summary>The length of the form that was issued before 1999.</summary>
    internal const int FifteenDigits = 15;

    /// <summary>Day number of 1800-01-01, the first date a number may hold.</summary>
    private const int FirstDay = 657071;

    /// <summary>17 bits of days: 2158-11-11.</summary>
    private const int LastDay = FirstDay + (1 << 17) - 1;

    /// <summary>Days of a common year before each month.</summary>
    private static readonly short[] DaysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

    /// <summary>The weights of the first 17 digits (GB 11643, ISO 7064 MOD 11-2).</summary>
    private static ReadOnlySpan<byte> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The check value (10 is X) for each remainder of the weighted sum.</summary>
    private static ReadOnlySpan<byte> CheckValues => [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2];

    /// <summary>The first six digits: division of the first registration, or the prefix of a residence permit.</summary>
    public int Prefix => (int)(Packed >> 27);

    public DateOnly BirthDate => DateOnly.FromDayNumber(FirstDay + (int)(Packed >> 10 & 0x1FFFF));

    /// <summary>Digits 15 to 17; odd for men.</summary>
    public int Sequence => (int)(Packed & 0x3FF);

    /// <summary>Strict: exactly 18 characters, digits and a capital X. Gives the first failure.</summary>
    public static Reasons TryParse(ReadOnlySpan<char> text, in KeyContext context, out CitizenNumber number)
    {
        Span<byte> values = stackalloc byte[Length];
        if (text.Length == Length && TakeValues(text, values)) return FromValues(values, context, out number);
        number = default;
        return text.IsEmpty ? Reasons.NumberMissing : FailureOfShape(text);
    }

    /// <summary>The strict form of 18 bytes of ASCII or UTF-8.</summary>
    public static Reasons TryParse(ReadOnlySpan<byte> ascii, in KeyContext context, out CitizenNumber number)
    {
        number = default;
        if (ascii.Length != Length) return ascii.IsEmpty ? Reasons.NumberMissing : Reasons.NumberLength;
        Span<byte> values = stackalloc byte[Length];
        var wrong = false;
        for (var i = 0; i < 17; i++)
        {
            var value = (byte)(ascii[i] - '0');
            wrong |= value > 9;
            values[i] = value;
        }

        values[17] = ascii[17] == 'X' ? (byte)10 : (byte)(ascii[17] - '0');
        wrong |= values[17] > 9 && ascii[17] != 'X';
        return wrong ? Reasons.NumberCharacters : FromValues(values, context, out number);
    }

    /// <summary>Tolerant: as people and spreadsheets write numbers. Gives the first failure, or what was done.</summary>
    public static Reasons Read(ReadOnlySpan<char> text, in KeyContext context, out CitizenNumber number, out Notes notes) =>
        CitizenNumberText.Read(text, context, out number, out notes);

    /// <summary>The packed form of 18 characters that were checked before.</summary>
    /// <exception cref="FormatException">They are no checked number.</exception>
    public static CitizenNumber Pack(ReadOnlySpan<char> canonical) =>
        TryParse(canonical, new KeyContext(DateOnly.MaxValue, NumberRules.Any), out var number) == Reasons.None
            ? number
            : throw new FormatException("Not the canonical text of a citizen number.");

    /// <summary>The 18 characters.</summary>
    public override string ToString() => string.Create(Length, this, static (text, number) => number.Write(text));

    /// <summary>Writes the 18 characters.</summary>
    public void Write(Span<char> text)
    {
        var date = BirthDate;
        WriteDigits(text[..6], Prefix);
        WriteDigits(text.Slice(6, 4), date.Year);
        WriteDigits(text.Slice(10, 2), date.Month);
        WriteDigits(text.Slice(12, 2), date.Day);
        WriteDigits(text.Slice(14, 3), Sequence);
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += (text[i] - '0') * Weights[i];
        var check = CheckValues[sum % 11];
        text[17] = check == 10 ? 'X' : (char)('0' + check);
    }

    /// <summary>From 17 digit values and the check value, all in range.</summary>
    internal static Reasons FromValues(ReadOnlySpan<byte> values, in KeyContext context, out CitizenNumber number)
    {
        number = default;
        var checks = CheckOf(values) == values[17];

        // A spreadsheet keeps 15 digits: what it rounded ends in 000, and only by chance is its check digit right. Where cells are typed a rounded number
        // shows as 2.20104E+17, and whatever ends in 000 was written by somebody.
        if (!checks && !context.CellsAreTyped && (values[15] | values[16] | values[17]) == 0) return Reasons.NumberDamagedBySpreadsheet;
        var day = DayOf(values);
        if (day < FirstDay || day > Math.Min(LastDay, context.AsOf.DayNumber)) return Reasons.NumberDate;
        if (!context.Rules.Knows(values[0] * 10 + values[1])) return Reasons.NumberDivision;
        if (!checks) return Reasons.NumberCheckDigit;
        var prefix = ((((values[0] * 10 + values[1]) * 10 + values[2]) * 10 + values[3]) * 10 + values[4]) * 10 + values[5];
        var sequence = (values[14] * 10 + values[15]) * 10 + values[16];
        number = new CitizenNumber((ulong)prefix << 27 | (ulong)(day - FirstDay) << 10 | (uint)sequence);
        return Reasons.None;
    }

    /// <summary>The check value that belongs to the first 17 digit values.</summary>
    internal static byte CheckOf(ReadOnlySpan<byte> values)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += values[i] * Weights[i];
        return CheckValues[sum % 11];
    }

    /// <summary>The values of 18 digits, the last of which may be X; false if there is anything else.</summary>
    private static bool TakeValues(ReadOnlySpan<char> text, Span<byte> values)
    {
        var wrong = false;
        for (var i = 0; i < 17; i++)
        {
            var value = (uint)(text[i] - '0');
            wrong |= value > 9;
            values[i] = (byte)value;
        }

        var last = text[17] == 'X' ? 10 : (uint)(text[17] - '0');
        values[17] = (byte)last;
        return !wrong && (last <= 9 || text[17] == 'X');
    }

    /// <summary>What is wrong with a text that is not 18 digits, the last of which may be X.</summary>
    private static Reasons FailureOfShape(ReadOnlySpan<char> text)
    {
        var digits = text[^1] == 'X' && text.Length != FifteenDigits ? text[..^1] : text;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return Reasons.NumberCharacters;
        }

        return Reasons.NumberLength;
    }

    /// <summary>Day number of digits 7 to 14, or -1 if there is no such day.</summary>
    private static int DayOf(ReadOnlySpan<byte> values)
    {
        var year = ((values[6] * 10 + values[7]) * 10 + values[8]) * 10 + values[9];
        var month = values[10] * 10 + values[11];
        var day = values[12] * 10 + values[13];
        if (year < 1800 || (uint)(month - 1) > 11 || day == 0) return -1;
        var leap = DateTime.IsLeapYear(year) && month > 1 ? 1 : 0;
        var before = DaysBefore[month - 1] + (month > 2 ? leap : 0);
        if (day > DaysBefore[month] + leap - before) return -1;
        var years = year - 1;
        return years * 365 + years / 4 - years / 100 + years / 400 + before + day - 1;
    }

    private static void WriteDigits(Span<char> text, int value)
    {
        for (var i = text.Length - 1; i >= 0; i--, value /= 10) text[i] = (char)('0' + value % 10);
    }
}
