using System.Globalization;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>Spreadsheet column letters (A, B, ..., Z, AA, ..., XFD) and their indexes from 0.</summary>
internal static class ColumnName
{
    private const int Letters = 26, MostLetters = 3;

    public static string Of(int index)
    {
        Span<char> text = stackalloc char[8];
        var at = text.Length;
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / Letters) text[--at] = (char)('A' + (rest - 1) % Letters);
        return new string(text[at..]);
    }

    /// <summary>The index of the letters at the start of a cell reference such as <c>B12</c>, or -1.</summary>
    public static int Leading(ReadOnlySpan<char> reference)
    {
        var index = 0;
        var count = 0;
        foreach (var c in reference)
        {
            var letter = (c | 0x20) - 'a';
            if (letter is < 0 or >= Letters) break;
            if (++count > MostLetters) return -1;
            index = index * Letters + letter + 1;
        }

        return index - 1;
    }

    /// <summary>Reads a whole text as column letters (<c>B</c>) or a number from 1 (<c>2</c>).</summary>
    public static bool TryRead(string text, out int index)
    {
        index = -1;
        if (text.Length is 0 or > 5) return false;
        if (text.All(char.IsAsciiLetter))
        {
            index = Leading(text);
        }
        else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            index = number - 1;
        }

        return index is >= 0 and < SpreadsheetBounds.SheetColumns;
    }
}
