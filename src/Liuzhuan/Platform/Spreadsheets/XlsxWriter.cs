using System.IO.Compression;
using System.Text;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>
/// Writes a workbook (ECMA-376 transitional) to any stream, row by row: texts inline, often repeated words as shared strings,
/// styles and shared strings last, so that memory does not grow with the rows.
/// </summary>
internal sealed class XlsxWriter : IDisposable
{
    private const int MostSharedWords = 65_536;
    private const string Namespaces = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string RelationTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    private readonly ZipArchive _zip;
    private readonly int _sheets;
    private readonly DateTimeOffset _written;
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private long _wordUses;
    private int _begun;

    /// <param name="output">Where to write; stays open.</param>
    /// <param name="sheets">All sheets, in the order in which they will be written.</param>
    /// <param name="active">Index of the sheet to show first.</param>
    /// <param name="date1904">Dates among the cells count from 1904.</param>
    /// <param name="written">The instant that stands in the package.</param>
    public XlsxWriter(Stream output, IReadOnlyList<SheetInfo> sheets, int active, bool date1904, DateTimeOffset written)
    {
        (_zip, _sheets, _written) = (new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true), sheets.Count, written);
        Part("[Content_Types].xml", WriteContentTypes);
        Part("_rels/.rels", part => part.Write($"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{RelationTypes}officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"));
        Part("xl/workbook.xml", part => WriteWorkbook(part, sheets, active, date1904));
        Part("xl/_rels/workbook.xml.rels", WriteRelations);
    }

    /// <summary>The styles that cells have used so far.</summary>
    internal CellStyles Styles { get; } = new();

    /// <summary>Begins the next sheet; dispose it before the one after.</summary>
    public XlsxSheetWriter BeginSheet(IEnumerable<ColumnWidth> widths)
    {
        var part = Begin($"xl/worksheets/sheet{++_begun}.xml");
        part.Write($"<worksheet {Namespaces}>");
        return new XlsxSheetWriter(this, part, widths);
    }

    /// <summary>Writes what is known only at the end. Without it the file is incomplete.</summary>
    public void Finish()
    {
        if (_begun != _sheets) throw new InvalidOperationException("Every sheet must be written.");
        Part("xl/styles.xml", Styles.Write);
        Part("xl/sharedStrings.xml", WriteWords);
    }

    public void Dispose() => _zip.Dispose();

    /// <summary>The number of a shared word, or -1 when there are too many different ones.</summary>
    internal int Word(string text)
    {
        if (!_words.TryGetValue(text, out var number))
        {
            if (_words.Count == MostSharedWords) return -1;
            _words[text] = number = _words.Count;
        }

        _wordUses++;
        return number;
    }

    private StreamWriter Begin(string name)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = _written;
        var part = new StreamWriter(entry.Open(), new UTF8Encoding(false), 1 << 16);
        part.Write(Declaration);
        return part;
    }

    private void Part(string name, Action<TextWriter> write)
    {
        using var part = Begin(name);
        write(part);
    }

    private void WriteContentTypes(TextWriter part)
    {
        part.Write("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>");
        part.Write($"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Types}sheet.main+xml\"/>");
        for (var i = 1; i <= _sheets; i++) part.Write($"<Override PartName=\"/xl/worksheets/sheet{i}.xml\" ContentType=\"{Types}worksheet+xml\"/>");
        part.Write($"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Types}styles+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{Types}sharedStrings+xml\"/></Types>");
    }

    private void WriteRelations(TextWriter part)
    {
        part.Write("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
        for (var i = 1; i <= _sheets; i++) part.Write($"<Relationship Id=\"rId{i}\" Type=\"{RelationTypes}worksheet\" Target=\"worksheets/sheet{i}.xml\"/>");
        part.Write($"<Relationship Id=\"rId{_sheets + 1}\" Type=\"{RelationTypes}styles\" Target=\"styles.xml\"/><Relationship Id=\"rId{_sheets + 2}\" Type=\"{RelationTypes}sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>");
    }

    private static void WriteWorkbook(TextWriter part, IReadOnlyList<SheetInfo> sheets, int active, bool date1904)
    {
        part.Write($"<workbook {Namespaces}><workbookPr{(date1904 ? " date1904=\"1\"" : "")}/><bookViews><workbookView activeTab=\"{active}\" firstSheet=\"{active}\"/></bookViews><sheets>");
        for (var i = 0; i < sheets.Count; i++)
        {
            part.Write("<sheet name=\"");
            XlsxText.Encode(part, sheets[i].Name);
            part.Write($"\" sheetId=\"{i + 1}\"{sheets[i].State switch { SheetState.Hidden => " state=\"hidden\"", SheetState.VeryHidden => " state=\"veryHidden\"", _ => "" }} r:id=\"rId{i + 1}\"/>");
        }

        part.Write("</sheets></workbook>");
    }

    private void WriteWords(TextWriter part)
    {
        part.Write($"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{_wordUses}\" uniqueCount=\"{_words.Count}\">");
        foreach (var word in _words.OrderBy(word => word.Value))
        {
            part.Write("<si><t xml:space=\"preserve\">");
            XlsxText.Encode(part, word.Key);
            part.Write("</t></si>");
        }

        part.Write("</sst>");
    }
}
