namespace Liuzhuan.Matching.Values;

/// <summary>Digests as text. The base library's way is for long ones: its vector code is compiled when a short command first needs it.</summary>
public static class HexText
{
    /// <summary>Two lower-case hexadecimal digits for each byte.</summary>
    public static string Lower(ReadOnlySpan<byte> bytes)
    {
        var digits = new char[bytes.Length * 2];
        for (var i = 0; i < bytes.Length; i++) (digits[2 * i], digits[2 * i + 1]) = (Digit(bytes[i] >> 4), Digit(bytes[i] & 15));
        return new string(digits);
    }

    private static char Digit(int value) => (char)(value + (value < 10 ? '0' : 'a' - 10));
}
