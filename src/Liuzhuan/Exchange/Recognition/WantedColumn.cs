using System.Runtime.CompilerServices;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>How well a heading names a wanted column.</summary>
internal enum HeadingFit : byte
{
    None,

    /// <summary>It names the column of somebody who holds an office (教师姓名); taken when there is no other.</summary>
    Remote,

    /// <summary>It ends with a synonym (考生姓名), or is a synonym too short to be sure of (ID).</summary>
    Weak,

    /// <summary>It is a synonym.</summary>
    Exact,
}

/// <summary>A column of the schema that a request file may or must have.</summary>
internal sealed class WantedColumn
{
    private const int ShortLatin = 2, LeastLatinEnding = 4, LeastHanEnding = 2;

    private static readonly ConditionalWeakTable<RegisterSchema, IReadOnlyList<WantedColumn>> Known = [];

    private readonly string[] _synonyms;

    private WantedColumn(string name, bool required, IReadOnlyList<string> headers)
    {
        (Name, Required) = (name, required);
        _synonyms = [.. headers.Append(name).Select(header => HeadingText.BareOf(header)).Where(header => header.Length > 0).Distinct(StringComparer.Ordinal)];
        Shown = headers.Count > 0 ? headers[0] : name;
    }

    public string Name { get; }

    /// <summary>A file without it is refused.</summary>
    public bool Required { get; }

    /// <summary>The heading to name in sentences.</summary>
    public string Shown { get; }

    public bool IsKey { get; private init; }

    /// <summary>Index among the keys or fields of the schema.</summary>
    public int SchemaIndex { get; private init; }

    /// <summary>The keys, then the fields that are compared. Hundreds of headings are reduced for it, so each schema's are kept.</summary>
    public static IReadOnlyList<WantedColumn> Of(RegisterSchema schema) => Known.GetValue(schema, Make);

    private static IReadOnlyList<WantedColumn> Make(RegisterSchema schema)
    {
        var keys = schema.Keys.Select((key, i) => new WantedColumn(key.Name, true, key.Headers) { IsKey = true, SchemaIndex = i });
        List<WantedColumn> wanted = [.. keys];
        for (var i = 0; i < schema.Fields.Count; i++)
        {
            var field = schema.Fields[i];
            if (field.Role == FieldRole.None && field.Comparer != "none") wanted.Add(new WantedColumn(field.Name, field.Required, field.Headers) { SchemaIndex = i });
        }

        return wanted;
    }

    public HeadingFit Fit(HeadingText heading)
    {
        var best = HeadingFit.None;
        foreach (var synonym in _synonyms)
        {
            var fit = Fit(heading, synonym);
            if (fit == HeadingFit.None || ForeignColumns.Owns(heading.Full, synonym)) continue;
            if (ForeignColumns.MayOwn(heading.Full, synonym)) fit = HeadingFit.Remote;
            if (fit > best) best = fit;
        }

        return best;
    }

    private static HeadingFit Fit(in HeadingText heading, string synonym)
    {
        var isLatin = char.IsAscii(synonym[0]);
        if (heading.Bare == synonym) return isLatin && synonym.Length <= ShortLatin ? HeadingFit.Weak : HeadingFit.Exact;
        if (synonym.Length < (isLatin ? LeastLatinEnding : LeastHanEnding) || !heading.Bare.EndsWith(synonym, StringComparison.Ordinal)) return HeadingFit.None;
        return !isLatin || heading.EndsWithWord(synonym.Length) ? HeadingFit.Weak : HeadingFit.None;
    }
}
