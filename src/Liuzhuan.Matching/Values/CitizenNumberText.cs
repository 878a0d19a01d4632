namespace Liuzhuan.Matching.Values;

/// <summary>Reads citizen numbers as people and spreadsheets write them.</summary>
internal static class CitizenNumberText
{
    /// <summary>More than any text that can still become a number or is known to be a damaged one.</summary>
    private const int LongestFolded = 48;

    public static Reasons Read(ReadOnlySpan<char> text, in KeyContext context, out CitizenNumber number, out Notes notes)
    {
        notes = Notes.None;
        if (text.Length == CitizenNumber.Length && CitizenNumber.TryParse(text, context, out number) == Reasons.None) return Reasons.None;
        number = default;
        Span<char> buffer = stackalloc char[LongestFolded];
        var length = TextFolding.FoldIdentifier(text, keepDashes: false, buffer);
        if (length == 0) return Reasons.NumberMissing;
        if (length > LongestFolded) return HasOnlyDigits(text) ? Reasons.NumberLength : Reasons.NumberCharacters;
        var folded = buffer[..length];
        if (IsRoundedNumber(folded)) return Reasons.NumberDamagedBySpreadsheet;
        var changed = !text.SequenceEqual(folded);
        var failure = length == CitizenNumber.FifteenDigits ? Upgrade(folded, context, out number) : CitizenNumber.TryParse(folded, context, out number);
        if (failure != Reasons.None) return failure;
        if (length == CitizenNumber.FifteenDigits) notes |= Notes.Upgraded15;
        if (changed) notes |= Notes.NormalisedNumber;
        return Reasons.None;
    }

    /// <summary>
    /// The 15-digit form that was issued before 1999: the century is put in after digit 6 (18 where the sequence is 996 to 999, which was
    /// kept for people born before 1900, otherwise 19) and the check digit computed.
    /// </summary>
    private static Reasons Upgrade(ReadOnlySpan<char> digits, in KeyContext context, out CitizenNumber number)
    {
        number = default;
        Span<byte> values = stackalloc byte[CitizenNumber.Length];
        for (var i = 0; i < digits.Length; i++)
        {
            var value = (byte)(digits[i] - '0');
            if (!char.IsAsciiDigit(digits[i])) return Reasons.NumberCharacters;
            values[i < 6 ? i : i + 2] = value;
        }

        var bornBefore1900 = digits[12] == '9' && digits[13] == '9' && digits[14] >= '6';
        values[6] = 1;
        values[7] = (byte)(bornBefore1900 ? 8 : 9);
        values[17] = CitizenNumber.CheckOf(values);
        return CitizenNumber.FromValues(values, context, out number);
    }

    /// <summary>Is this how a spreadsheet or a program shows a number too long for it: 2.20102E+17, 220.1E15, 2,2E+017?</summary>
    internal static bool IsRoundedNumber(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        if (at is 0 or > 3) return false;
        var pointed = at < text.Length && text[at] is '.' or ',';
        if (pointed)
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        }

        if (at >= text.Length || text[at++] != 'E') return false;
        if (at < text.Length && text[at] == '+') at++;
        var exponent = text.Length - at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at == text.Length && exponent is >= 1 and <= 4;
    }

    private static bool HasOnlyDigits(ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
        {
            if (!TextFolding.IsBlank(unit) && !TextFolding.IsDash(unit) && !char.IsAsciiDigit(TextFolding.Narrow(unit))) return false;
        }

        return true;
    }
}
