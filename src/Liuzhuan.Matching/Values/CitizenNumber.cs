namespace Liuzhuan.Matching.Values;

/// <summary>A checked 18-character citizen number (GB 11643-1999), packed so that numbers compare and hash fast.</summary>
/// <param name="Packed">First six digits times 2^27, plus days since 1800-01-01 times 2^10, plus the three digits of the sequence. Below 2^47.</param>
public readonly record struct CitizenNumber(ulong Packed)
{
    internal const int Length = 18;

    /// <summary>Day number of 1800-01-01, the first date a number may hold.</summary>
    private const int FirstDay = 657071;

    /// <summary>17 bits of days: 2158-11-11.</summary>
    private const int LastDay = FirstDay + (1 << 17) - 1;

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
        number = default;
        if (text.IsEmpty) return Reasons.NumberMissing;
        Span<byte> values = stackalloc byte[Length];
        for (var i = 0; i < text.Length; i++)
        {
            var value = text[i] - '0';
            if ((uint)value > 9)
            {
                if (text[i] != 'X' || i != text.Length - 1) return Reasons.NumberCharacters;
                value = 10;
            }

            if (i < Length) values[i] = (byte)value;
        }

        if (text.Length != Length) return text.Length == 15 && text[^1] == 'X' ? Reasons.NumberCharacters : Reasons.NumberLength;
        return FromValues(values, context, out number);
    }

    /// <summary>The strict form of 18 bytes of ASCII or UTF-8.</summary>
    public static Reasons TryParse(ReadOnlySpan<byte> ascii, in KeyContext context, out CitizenNumber number)
    {
        number = default;
        if (ascii.Length != Length) return ascii.IsEmpty ? Reasons.NumberMissing : Reasons.NumberLength;
        Span<byte> values = stackalloc byte[Length];
        for (var i = 0; i < Length; i++)
        {
            var value = (byte)(ascii[i] - '0');
            if (value > 9)
            {
                if (ascii[i] != 'X' || i != Length - 1) return Reasons.NumberCharacters;
                value = 10;
            }

            values[i] = value;
        }

        return FromValues(values, context, out number);
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

        // A spreadsheet keeps 15 digits: what it rounded ends in 000, and only by chance is its check digit right.
        if (!checks && (values[15] | values[16] | values[17]) == 0) return Reasons.NumberDamagedBySpreadsheet;
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

    /// <summary>Day number of digits 7 to 14, or -1 if there is no such day.</summary>
    private static int DayOf(ReadOnlySpan<byte> values)
    {
        var year = ((values[6] * 10 + values[7]) * 10 + values[8]) * 10 + values[9];
        var month = values[10] * 10 + values[11];
        var day = values[12] * 10 + values[13];
        if (year < 1800 || (uint)(month - 1) > 11 || day == 0 || day > DateTime.DaysInMonth(year, month)) return -1;
        return new DateOnly(year, month, day).DayNumber;
    }

    private static void WriteDigits(Span<char> text, int value)
    {
        for (var i = text.Length - 1; i >= 0; i--, value /= 10) text[i] = (char)('0' + value % 10);
    }
}
