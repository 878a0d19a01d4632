namespace Liuzhuan.Matching.Values;

/// <summary>A checked 18-character citizen number (GB 11643-1999), packed so that numbers compare and hash fast.</summary>
/// <param name="Packed">First six digits times 2^27, plus days since 1800-01-01 times 2^10, plus the three digits of the sequence. Below 2^47.</param>
public readonly record struct CitizenNumber(ulong Packed)
{
    /// <summary>Strict: exactly 18 characters, digits and a capital X. Gives the first failure.</summary>
    public static Reasons TryParse(ReadOnlySpan<char> text, in KeyContext context, out CitizenNumber number) => throw new NotSupportedException("values");

    /// <summary>Tolerant: as people and spreadsheets write numbers. Gives the first failure, or what was done.</summary>
    public static Reasons Read(ReadOnlySpan<char> text, in KeyContext context, out CitizenNumber number, out Notes notes) => throw new NotSupportedException("values");

    /// <summary>The 18 characters.</summary>
    public override string ToString() => throw new NotSupportedException("values");
}
