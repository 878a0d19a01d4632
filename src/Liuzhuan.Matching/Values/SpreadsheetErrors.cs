namespace Liuzhuan.Matching.Values;

/// <summary>The words that stand in a cell whose formula failed: #REF!, #N/A, #DIV/0!, #NAME?, #SPILL! and the like, and Err:502 in text files.</summary>
internal static class SpreadsheetErrors
{
    /// <summary>Is the text, without blanks and in upper case, such a word and nothing else?</summary>
    public static bool IsError(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("ERR:")) return text.Length > 4 && !text[4..].ContainsAnyExceptInRange('0', '9');
        if (text.Length < 3 || text[0] != '#' || !char.IsAsciiLetter(text[1])) return false;
        if (text[^1] is '!' or '?') text = text[..^1];
        foreach (var unit in text[1..])
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('/' or '_')) return false;
        }

        return true;
    }
}
