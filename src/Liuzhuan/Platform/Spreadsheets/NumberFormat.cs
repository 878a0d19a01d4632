using System.Buffers;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>A number format: enough to tell dates from numbers and to write it again.</summary>
/// <param name="Id">Built-in number (ECMA-376 part 1, 18.8.30) or the id within its file.</param>
/// <param name="Code">The format code of a custom format, or null for a built-in one.</param>
internal sealed record NumberFormat(int Id, string? Code)
{
    private const int FirstCustom = 164;

    private static readonly SearchValues<char> ElapsedLetters = SearchValues.Create("hHmMsS");

    /// <summary>Shows numbers as dates or times.</summary>
    public bool IsDate { get; } = Code is null ? IsBuiltInDate(Id) : IsDateCode(Code);

    /// <summary>Has its own code, which must be written into the file.</summary>
    public bool IsCustom => Code is not null;

    /// <summary>The format of a cell style, or null where it is General.</summary>
    public static NumberFormat? Of(int id, string? code) =>
        code is null ? id is > 0 and < FirstCustom ? new NumberFormat(id, null) : null
        : code.Length == 0 || code.Equals("General", StringComparison.OrdinalIgnoreCase) ? null
        : new NumberFormat(id, code);

    // 14-22 and 45-47 everywhere; 27-36 and 50-58 in Chinese, Japanese and Korean versions.
    private static bool IsBuiltInDate(int id) => id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    // The first section (positive numbers) holds y, m, d, h, s, or e without a sign, outside quotes, escapes and brackets; [h], [m] and [s] count.
    private static bool IsDateCode(string code)
    {
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case ';':
                    return false;
                case '"':
                    i = End(code, i, '"');
                    break;
                case '[':
                    var close = End(code, i, ']');
                    if (close > i + 1 && code.AsSpan(i + 1, close - i - 1).IndexOfAnyExcept(ElapsedLetters) < 0) return true;
                    i = close;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case 'e' or 'E':
                    if (i + 1 >= code.Length || code[i + 1] is not ('+' or '-')) return true;
                    break;
                case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S':
                    return true;
                case 'G' or 'g' when code.AsSpan(i).StartsWith("General", StringComparison.OrdinalIgnoreCase):
                    i += "General".Length - 1;
                    break;
            }
        }

        return false;
    }

    private static int End(string code, int start, char mark)
    {
        var end = code.IndexOf(mark, start + 1);
        return end < 0 ? code.Length : end;
    }
}
