namespace Liuzhuan.Matching.Values;

/// <summary>The unified social credit code of organisations: 17 characters and a check character (GB 32100-2015).</summary>
public static class CreditCode
{
    private const int Length = 18;

    /// <summary>Digits and capitals without I, O, S, V and Z; the place is the value.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>3 to the power of the place, modulo 31.</summary>
    private static ReadOnlySpan<byte> Weights => [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <summary>Strict: exactly 18 characters of the alphabet. Gives the first failure.</summary>
    public static Reasons Check(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return Reasons.NumberMissing;
        var sum = 0;
        var last = -1;
        var digits = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var value = Alphabet.IndexOf(text[i]);
            if (value < 0) return Reasons.NumberCharacters;
            if (value < 10) digits++;
            if (i < Weights.Length) sum += value * Weights[i];
            last = value;
        }

        if (text.Length != Length) return Reasons.NumberLength;
        if (last == (31 - sum % 31) % 31) return Reasons.None;
        return digits == Length && text.EndsWith("000") ? Reasons.NumberDamagedBySpreadsheet : Reasons.NumberCheckDigit;
    }

    /// <summary>Tolerant: any width and case, with blanks and dashes.</summary>
    public static Reasons Read(ReadOnlySpan<char> text, out string canonical, out Notes notes)
    {
        canonical = "";
        notes = Notes.None;
        Span<char> buffer = stackalloc char[64];
        var length = TextFolding.FoldIdentifier(text, keepDashes: false, buffer);
        var folded = buffer[..Math.Min(length, buffer.Length)];
        if (CitizenNumberText.IsRoundedNumber(folded)) return Reasons.NumberDamagedBySpreadsheet;
        var failure = Check(folded);
        if (failure != Reasons.None) return failure;
        canonical = new string(folded);
        if (!text.SequenceEqual(folded)) notes = Notes.NormalisedNumber;
        return Reasons.None;
    }
}
