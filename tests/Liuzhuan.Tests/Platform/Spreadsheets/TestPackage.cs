using System.IO.Compression;
using System.Text;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Tests.Platform.Spreadsheets;

/// <summary>A hand-made .xlsx package in a temporary file.</summary>
internal sealed class TestPackage : IDisposable
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly Dictionary<string, byte[]> _parts = [];

    public TestPackage() => Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"liuzhuan-sheet-{System.IO.Path.GetRandomFileName()}.xlsx");

    public string Path { get; }

    /// <summary>A package with one sheet per given <c>sheetData</c> content.</summary>
    public static TestPackage OfRows(params string[] sheets)
    {
        var package = new TestPackage().Workbook([.. sheets.Select((_, i) => ($"表{i + 1}", ""))]);
        for (var i = 0; i < sheets.Length; i++) package.Sheet(i + 1, $"<sheetData>{sheets[i]}</sheetData>");
        return package;
    }

    public TestPackage Workbook((string Name, string Attributes)[] sheets, string properties = "", string main = Main, string relations = Relations)
    {
        var list = string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{i + 1}\" {sheet.Attributes} r:id=\"rId{i + 1}\"/>"));
        var targets = string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"));
        return Part("_rels/.rels", $"<Relationships><Relationship Id=\"a\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")
            .Part("xl/workbook.xml", $"<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\">{properties}<sheets>{list}</sheets></workbook>")
            .Part("xl/_rels/workbook.xml.rels", $"<Relationships>{targets}<Relationship Id=\"s\" Type=\"{relations}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"t\" Type=\"{relations}/styles\" Target=\"styles.xml\"/></Relationships>");
    }

    public TestPackage Sheet(int number, string content, string main = Main) => Part($"xl/worksheets/sheet{number}.xml", $"<worksheet xmlns=\"{main}\">{content}</worksheet>");

    public TestPackage Strings(string content) => Part("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{content}</sst>");

    /// <summary>Styles 1, 2, ... with the given built-in numbers or custom codes.</summary>
    public TestPackage Styles(params object[] formats)
    {
        var codes = string.Concat(formats.Select((format, i) => format is string code ? $"<numFmt numFmtId=\"{200 + i}\" formatCode=\"{System.Security.SecurityElement.Escape(code)}\"/>" : ""));
        var styles = string.Concat(formats.Select((format, i) => $"<xf numFmtId=\"{(format is int id ? id : 200 + i)}\"/>"));
        return Part("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><numFmts>{codes}</numFmts><cellXfs><xf numFmtId=\"0\"/>{styles}</cellXfs></styleSheet>");
    }

    public TestPackage Part(string name, string text) => Part(name, Encoding.UTF8.GetBytes(text));

    public TestPackage Part(string name, byte[] bytes)
    {
        _parts[name] = bytes;
        return this;
    }

    public TestPackage Without(string name)
    {
        _parts.Remove(name);
        return this;
    }

    public string Write()
    {
        using var zip = new ZipArchive(File.Create(Path), ZipArchiveMode.Create);
        foreach (var (name, bytes) in _parts)
        {
            using var part = zip.CreateEntry(name).Open();
            part.Write(bytes);
        }

        return Path;
    }

    /// <summary>All rows of one sheet.</summary>
    public List<(int Number, SheetCell[] Cells)> Rows(int sheet = 0, SpreadsheetBounds? bounds = null) => TestSheets.Rows(Write(), sheet, bounds);

    /// <summary>The texts of one sheet, row by row from the first filled one.</summary>
    public List<string[]> Texts(int sheet = 0) => TestSheets.Texts(Write(), sheet);

    /// <summary>The refusal of opening and reading every sheet.</summary>
    public Refusal Refused(SpreadsheetBounds? bounds = null) => TestSheets.Refused(Write(), bounds);

    public void Dispose() => File.Delete(Path);
}
