using System.IO.Compression;
using System.Xml;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>An Office Open XML workbook (ECMA-376, transitional or strict), read part by part from its zip package.</summary>
internal sealed class XlsxWorkbook : Workbook
{
    private readonly ZipArchive _zip;
    private readonly SpreadsheetBounds _bounds;
    private readonly UnpackBudget _budget;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SheetInfo> _sheets = [];
    private readonly List<ZipArchiveEntry?> _parts = [];
    private readonly SharedStrings _strings = new();
    private readonly XlsxStyles _styles = new();
    private bool _date1904;

    /// <param name="file">The package; closed with the workbook.</param>
    /// <exception cref="SpreadsheetRefusedException">The package is damaged or beyond a bound.</exception>
    public XlsxWorkbook(Stream file, SpreadsheetBounds bounds)
    {
        (_bounds, _budget) = (bounds, new UnpackBudget(bounds));
        try
        {
            _zip = new ZipArchive(file, ZipArchiveMode.Read);
            foreach (var entry in _zip.Entries) _entries.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }
        catch (InvalidDataException)
        {
            throw new SpreadsheetRefusedException(SpreadsheetRefusals.Damaged("zip"));
        }

        var main = Relations("").Values.FirstOrDefault(relation => relation.Kind == "officeDocument").Target ?? "xl/workbook.xml";
        if (!_entries.ContainsKey(main)) main = "xl/workbook.xml";
        if (main.EndsWith(".bin", StringComparison.OrdinalIgnoreCase)) throw new SpreadsheetRefusedException(SpreadsheetRefusals.OtherKind(" .xlsb 二进制工作簿", "a binary workbook (.xlsb)"));
        var relations = Relations(main);
        ReadWorkbook(main, relations);
        if (Part(relations, "sharedStrings") is { } strings)
        {
            using var part = OpenPart(strings);
            _strings = SharedStrings.Read(part, bounds);
        }

        if (Part(relations, "styles") is { } styles)
        {
            using var part = OpenPart(styles);
            _styles = XlsxStyles.Read(part, bounds);
        }
    }

    public override IReadOnlyList<SheetInfo> Sheets => _sheets;

    public override bool Date1904 => _date1904;

    public override long Size => _parts.Sum(part => part?.Length ?? 0);

    public override SheetReader OpenSheet(int index) =>
        new XlsxSheetReader(_parts[index] is { } entry ? OpenPart(entry) : null, _sheets[index].Name, _strings, _styles, _date1904, _bounds);

    public override void Dispose() => _zip.Dispose();

    private void ReadWorkbook(string main, Dictionary<string, (string Kind, string Target)> relations)
    {
        if (!_entries.TryGetValue(main, out var entry)) throw new SpreadsheetRefusedException(SpreadsheetRefusals.Damaged(main));
        using var part = OpenPart(entry);
        if (!part.Find("workbook") || part.Xml.IsEmptyElement) throw part.Damaged();
        while (part.NextChild(0))
        {
            if (part.Xml.LocalName == "workbookPr")
            {
                _date1904 = part.Xml.GetAttribute("date1904") is "1" or "true" or "on";
            }
            else if (part.Xml.LocalName == "sheets" && !part.Xml.IsEmptyElement)
            {
                while (part.NextChild(1)) AddSheet(part.Xml, relations);
            }
        }

        if (_sheets.Count == 0) throw new SpreadsheetRefusedException(SpreadsheetRefusals.NoSheet());
    }

    // A chart sheet has no cells; it stays as an empty sheet so that order and names are kept.
    private void AddSheet(XmlReader xml, Dictionary<string, (string Kind, string Target)> relations)
    {
        if (xml.LocalName != "sheet") return;
        if (_sheets.Count == _bounds.MaxSheets) throw new SpreadsheetRefusedException(SpreadsheetRefusals.TooManySheets(_bounds.MaxSheets));
        var state = xml.GetAttribute("state") switch { "hidden" => SheetState.Hidden, "veryHidden" => SheetState.VeryHidden, _ => SheetState.Visible };
        var name = XlsxText.Decode(xml.GetAttribute("name") ?? "");
        string? id = null;
        while (xml.MoveToNextAttribute())
        {
            if (xml.LocalName == "id" && xml.NamespaceURI.Length > 0) id = xml.Value;
        }

        xml.MoveToElement();
        ZipArchiveEntry? entry = null;
        if (id is not null && relations.TryGetValue(id, out var relation))
        {
            if (!_entries.TryGetValue(relation.Target, out entry)) throw new SpreadsheetRefusedException(SpreadsheetRefusals.Damaged(relation.Target));
            if (relation.Kind != "worksheet") entry = null;
        }

        _sheets.Add(new SheetInfo(name.Length == 0 ? $"Sheet{_sheets.Count + 1}" : name, state));
        _parts.Add(entry);
    }

    private ZipArchiveEntry? Part(Dictionary<string, (string Kind, string Target)> relations, string kind) =>
        relations.Values.FirstOrDefault(relation => relation.Kind == kind).Target is { } target ? _entries.GetValueOrDefault(target) : null;

    // Relations of a part: id to the last word of the type (the same in both namespaces) and the target's place in the package.
    private Dictionary<string, (string Kind, string Target)> Relations(string source)
    {
        var slash = source.LastIndexOf('/');
        var folder = source[..(slash + 1)];
        var relations = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        if (!_entries.TryGetValue($"{folder}_rels/{source[(slash + 1)..]}.rels", out var entry)) return relations;
        using var part = OpenPart(entry);
        if (!part.Find("Relationships") || part.Xml.IsEmptyElement) return relations;
        while (part.NextChild(0) && relations.Count < _bounds.MaxEntries)
        {
            if (part.Xml.GetAttribute("TargetMode") == "External") continue;
            if (part.Xml.GetAttribute("Id") is not { } id || part.Xml.GetAttribute("Type") is not { } type || part.Xml.GetAttribute("Target") is not { } target) continue;
            relations[id] = (type[(type.LastIndexOf('/') + 1)..], Place(folder, target.Replace('\\', '/')));
        }

        return relations;
    }

    private static string Place(string folder, string target)
    {
        if (target.StartsWith('/')) return target.TrimStart('/');
        var steps = new List<string>();
        foreach (var step in (folder + target).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".." && steps.Count > 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not ("." or ".."))
            {
                steps.Add(step);
            }
        }

        return string.Join('/', steps);
    }

    private PartReader OpenPart(ZipArchiveEntry entry)
    {
        try
        {
            return new PartReader(new BoundedPart(entry.Open(), entry.FullName, entry.CompressedLength, _budget), entry.FullName, _bounds);
        }
        catch (InvalidDataException)
        {
            throw new SpreadsheetRefusedException(SpreadsheetRefusals.Damaged(entry.FullName));
        }
    }
}
