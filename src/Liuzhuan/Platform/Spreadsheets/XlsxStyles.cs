using System.Globalization;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>The number format of each cell style of a workbook.</summary>
internal sealed class XlsxStyles
{
    private readonly List<NumberFormat?> _formats = [];

    /// <summary>The format of style <paramref name="index"/>, or null for General and unknown styles.</summary>
    public NumberFormat? this[int index] => (uint)index < (uint)_formats.Count ? _formats[index] : null;

    /// <summary>Reads <c>xl/styles.xml</c>.</summary>
    public static XlsxStyles Read(PartReader part, SpreadsheetBounds bounds)
    {
        var styles = new XlsxStyles();
        var codes = new Dictionary<int, string>();
        var known = new Dictionary<int, NumberFormat?>();
        if (!part.Find("styleSheet") || part.Xml.IsEmptyElement) return styles;
        var depth = part.Xml.Depth;
        while (part.NextChild(depth))
        {
            var section = part.Xml.LocalName;
            if (section is not ("numFmts" or "cellXfs") || part.Xml.IsEmptyElement) continue;
            while (part.NextChild(depth + 1))
            {
                var id = Number(part, "numFmtId");
                if (section == "numFmts")
                {
                    if (part.Xml.GetAttribute("formatCode") is { Length: > 0 and < 1024 } code) codes[id] = code;
                }
                else
                {
                    if (!known.TryGetValue(id, out var format)) known[id] = format = NumberFormat.Of(id, codes.GetValueOrDefault(id));
                    styles._formats.Add(format);
                }

                if (styles._formats.Count > bounds.MaxStyles || codes.Count > bounds.MaxStyles) throw part.Damaged();
            }
        }

        return styles;
    }

    private static int Number(PartReader part, string attribute) =>
        int.TryParse(part.Xml.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
