using System.Text;
using System.Xml;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>Reads the XML of one part forward, with depth, names and node sizes bounded, no document type and nothing external.</summary>
internal sealed class PartReader : IDisposable
{
    private readonly BoundedPart _bytes;
    private readonly XmlReader _xml;
    private readonly SpreadsheetBounds _bounds;

    public PartReader(BoundedPart bytes, string part, SpreadsheetBounds bounds)
    {
        (_bytes, Part, _bounds) = (bytes, part, bounds);
        _xml = XmlReader.Create(bytes, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CheckCharacters = false,
            NameTable = new BoundedNames(part, bounds.MaxXmlNames),
        });
    }

    public string Part { get; }

    public XmlReader Xml => _xml;

    public long Done => _bytes.Done;

    /// <summary>Moves to the next node; false at the end of the document.</summary>
    public bool Read()
    {
        _bytes.StartNode();
        try
        {
            if (!_xml.Read()) return false;
        }
        catch (XmlException) when (_bytes.Done == 0)
        {
            throw Damaged();
        }
        catch (XmlException fault)
        {
            throw fault.Message.Contains("DTD", StringComparison.Ordinal)
                ? new SpreadsheetRefusedException(SpreadsheetRefusals.Xml(Part, "含有文档类型声明或外部实体", "holds a document type or external entities"))
                : Damaged();
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }

        if (_xml.Depth > _bounds.MaxXmlDepth) throw new SpreadsheetRefusedException(SpreadsheetRefusals.Xml(Part, "嵌套过深", "is nested too deeply"));
        return true;
    }

    /// <summary>Moves to the next child element of the element at <paramref name="depth"/>; false at its end.</summary>
    public bool NextChild(int depth)
    {
        while (Read())
        {
            if (_xml.Depth <= depth) return false;
            if (_xml.NodeType == XmlNodeType.Element && _xml.Depth == depth + 1) return true;
        }

        return false;
    }

    /// <summary>Moves to the first start of an element called <paramref name="name"/>; false when there is none.</summary>
    public bool Find(string name)
    {
        while (Read())
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == name) return true;
        }

        return false;
    }

    /// <summary>The text directly inside the current element; stops at its end.</summary>
    public string Text()
    {
        if (_xml.IsEmptyElement) return "";
        var depth = _xml.Depth;
        var text = "";
        StringBuilder? longer = null;
        while (Read() && _xml.Depth > depth)
        {
            if (_xml.Depth != depth + 1 || _xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)) continue;
            if (text.Length == 0)
            {
                text = _xml.Value;
                continue;
            }

            longer ??= new StringBuilder(text);
            longer.Append(_xml.Value);
            if (longer.Length > _bounds.MaxNodeBytes) throw new SpreadsheetRefusedException(SpreadsheetRefusals.Xml(Part, "含有过长的内容", "holds an overlong tag or text"));
        }

        if (longer is not null) return longer.ToString();
        return text;
    }

    public SpreadsheetRefusedException Damaged()
    {
        var line = (_xml as IXmlLineInfo)?.LineNumber ?? 0;
        return new SpreadsheetRefusedException(SpreadsheetRefusals.Damaged(line > 1 ? $"{Part}:{line}" : Part));
    }

    public void Dispose()
    {
        _xml.Dispose();
        _bytes.Dispose();
    }

    private sealed class BoundedNames(string part, int most) : NameTable
    {
        private int _names;

        public override string Add(char[] key, int start, int len)
        {
            if (Get(key, start, len) is { } known) return known;
            if (++_names > most) throw new SpreadsheetRefusedException(SpreadsheetRefusals.Xml(part, "名称过多", "uses too many names"));
            return base.Add(key, start, len);
        }
    }
}
