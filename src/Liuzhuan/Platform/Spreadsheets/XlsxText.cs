using System.Globalization;
using System.Text;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>The <c>_xHHHH_</c> escapes by which spreadsheet XML carries characters that XML forbids (ECMA-376 part 1, 22.9.2.19, ST_Xstring).</summary>
internal static class XlsxText
{
    private const int EscapeLength = 7;

    public static string Decode(string text)
    {
        var at = text.IndexOf("_x", StringComparison.Ordinal);
        if (at < 0) return text;
        var decoded = new StringBuilder(text.Length);
        var copied = 0;
        while (at >= 0)
        {
            if (IsEscape(text, at))
            {
                decoded.Append(text, copied, at - copied);
                decoded.Append((char)int.Parse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                copied = at + EscapeLength;
                at = text.IndexOf("_x", copied, StringComparison.Ordinal);
            }
            else
            {
                at = text.IndexOf("_x", at + 1, StringComparison.Ordinal);
            }
        }

        return decoded.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Writes text as XML content: markup escaped, forbidden characters and look-alike escapes as <c>_xHHHH_</c>.</summary>
    public static void Encode(TextWriter output, string text)
    {
        var copied = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c >= ' ' && c < '\uD800' && c is not ('&' or '<' or '>' or '_' or '"')) continue;
            if (c is '\t' or '\n' || c is >= '\uE000' and < '\uFFFE') continue;
            if (c == '_' && !IsEscape(text, i)) continue;
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            output.Write(text.AsSpan(copied, i - copied));
            copied = i + 1;
            switch (c)
            {
                case '&': output.Write("&amp;"); break;
                case '<': output.Write("&lt;"); break;
                case '>': output.Write("&gt;"); break;
                case '"': output.Write("&quot;"); break;
                default: output.Write($"_x{(int)c:X4}_"); break;
            }
        }

        output.Write(text.AsSpan(copied));
    }

    private static bool IsEscape(string text, int at) =>
        at + EscapeLength <= text.Length && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_'
        && char.IsAsciiHexDigit(text[at + 2]) && char.IsAsciiHexDigit(text[at + 3]) && char.IsAsciiHexDigit(text[at + 4]) && char.IsAsciiHexDigit(text[at + 5]);
}
