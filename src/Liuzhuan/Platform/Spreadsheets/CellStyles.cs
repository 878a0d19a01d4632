namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>The cell styles of a written workbook: plain, bold heading, text, and one for each number format that came with the input.</summary>
internal sealed class CellStyles
{
    /// <summary>Plain cells.</summary>
    public const int Plain = 0;

    /// <summary>Bold headings of result columns.</summary>
    public const int Heading = 1;

    private const int TextFormat = 49, FirstCustomFormat = 164, FirstFree = 2;
    private const int MostFormats = 60_000;

    private readonly Dictionary<NumberFormat, int> _styles = [];
    private readonly List<(int Id, string Code)> _codes = [];
    private readonly List<int> _formats = [];

    /// <summary>Number format that keeps what is typed as text.</summary>
    public static NumberFormat Text { get; } = new(TextFormat, null);

    /// <summary>A date without a format of its own.</summary>
    public static NumberFormat Date { get; } = new(FirstCustomFormat, "yyyy\\-mm\\-dd");

    /// <summary>The style that shows numbers in <paramref name="format"/>.</summary>
    public int Of(NumberFormat? format)
    {
        if (format is null) return Plain;
        if (_styles.TryGetValue(format, out var style)) return style;
        if (_styles.Count == MostFormats) return Plain;
        var id = format.Id;
        if (format.Code is { } code)
        {
            id = FirstCustomFormat + _codes.Count;
            _codes.Add((id, code));
        }

        _formats.Add(id);
        return _styles[format] = FirstFree + _formats.Count - 1;
    }

    public void Write(TextWriter part)
    {
        part.Write("<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">");
        if (_codes.Count > 0)
        {
            part.Write($"<numFmts count=\"{_codes.Count}\">");
            foreach (var (id, code) in _codes)
            {
                part.Write($"<numFmt numFmtId=\"{id}\" formatCode=\"");
                XlsxText.Encode(part, code);
                part.Write("\"/>");
            }

            part.Write("</numFmts>");
        }

        part.Write("<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>");
        part.Write("<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>");
        part.Write("<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>");
        part.Write("<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>");
        part.Write($"<cellXfs count=\"{FirstFree + _formats.Count}\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>");
        foreach (var id in _formats) part.Write($"<xf numFmtId=\"{id}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>");
        part.Write("</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>");
    }
}
