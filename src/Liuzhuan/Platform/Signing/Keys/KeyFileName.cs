using System.Globalization;

namespace Liuzhuan.Platform.Signing.Keys;

/// <summary>How a key file is called: <c>answers.ES256.0001.pem</c>, or <c>pseudonyms.random.0001.pem</c> for a symmetric key.</summary>
internal sealed record KeyFileName(string Purpose, string Suite, int Generation)
{
    public const string Ending = ".pem";

    /// <summary>Stands in the place of a suite for 32 random bytes.</summary>
    public const string SymmetricSuite = "random";

    private const int LongestPurpose = 41, LongestSuite = 20, FewestDigits = 4, MostDigits = 9;

    /// <summary>Null for a name of another form.</summary>
    public static KeyFileName? Parse(string name)
    {
        if (name.Split('.') is not [{ Length: > 0 and <= LongestPurpose } purpose, { Length: > 0 and <= LongestSuite } suite, { Length: >= FewestDigits and <= MostDigits } generation, "pem"]) return null;
        return purpose[0] != '-' && IsOf(purpose, letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
            && IsOf(suite, letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && IsOf(generation, char.IsAsciiDigit)
            ? new(purpose, suite, int.Parse(generation, CultureInfo.InvariantCulture))
            : null;
    }

    public override string ToString() => $"{Purpose}.{Suite}.{Generation:0000}{Ending}";

    private static bool IsOf(string text, Func<char, bool> letters)
    {
        foreach (var letter in text)
        {
            if (!letters(letter)) return false;
        }

        return true;
    }
}
