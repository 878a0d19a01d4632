using System.Text;

namespace Liuzhuan.Directories.Sheets;

/// <summary>Reads separated text (RFC 4180) record by record: quoted cells may hold the delimiter, line ends, and quotes written twice.</summary>
internal static class SeparatedText
{
    /// <returns>The line on which each record begins, from 1, with its cells.</returns>
    public static IEnumerable<(int Line, string[] Cells)> Read(TextReader text, char delimiter)
    {
        var (cells, cell, isQuoted, line, begun) = (new List<string>(), new StringBuilder(), false, 1, 1);
        for (int unit; (unit = text.Read()) >= 0;)
        {
            var character = (char)unit;
            // A lone CR ends a line, too; CR LF ends one.
            if (character == '\r')
            {
                if (text.Peek() == '\n') continue;
                character = '\n';
            }

            if (isQuoted && character == '"' && text.Peek() == '"')
            {
                cell.Append((char)text.Read());
            }
            else if (character == '"' && (isQuoted || cell.Length == 0))
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && (character == delimiter || character == '\n'))
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (character == '\n')
                {
                    yield return (begun, [.. cells]);
                    cells.Clear();
                }
            }
            else
            {
                cell.Append(character);
            }

            if (character != '\n') continue;
            line++;
            if (!isQuoted) begun = line;
        }

        if (cells.Count == 0 && cell.Length == 0) yield break;
        cells.Add(cell.ToString());
        yield return (begun, [.. cells]);
    }
}
