namespace Liuzhuan.Matching.Values;

/// <summary>The six digits of an administrative division (GB/T 2260).</summary>
public static class DivisionCode
{
    /// <summary>Six digits of a known province. Counties are not looked up: abolished codes stay in registers for decades.</summary>
    public static bool IsCode(ReadOnlySpan<char> text)
    {
        if (text.Length != 6) return false;
        foreach (var unit in text)
        {
            if (!char.IsAsciiDigit(unit)) return false;
        }

        var province = (text[0] - '0') * 10 + text[1] - '0';
        return province is < 83 && NumberRules.Default.Knows(province);
    }
}
