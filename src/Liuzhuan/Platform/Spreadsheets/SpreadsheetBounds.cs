namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>Bounds on what one spreadsheet may ask of us. A file beyond them is refused with a sentence that names the bound.</summary>
internal sealed record SpreadsheetBounds
{
    /// <summary>Rows of a sheet in Excel 2007 and later.</summary>
    public const int SheetRows = 1_048_576;

    /// <summary>Columns of a sheet in Excel 2007 and later (XFD).</summary>
    public const int SheetColumns = 16_384;

    public long MaxFileBytes { get; init; } = 512L << 20;

    /// <summary>Parts in the zip package.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>Uncompressed size of one part.</summary>
    public long MaxEntryBytes { get; init; } = 4L << 30;

    /// <summary>Uncompressed size of everything that is read.</summary>
    public long MaxTotalBytes { get; init; } = 8L << 30;

    /// <summary>Uncompressed to compressed size of one part; looked at once <see cref="RatioFloorBytes"/> are unpacked.</summary>
    public int MaxRatio { get; init; } = 300;

    public long RatioFloorBytes { get; init; } = 32L << 20;

    public int MaxXmlDepth { get; init; } = 64;

    /// <summary>Bytes of one tag, text or comment.</summary>
    public int MaxNodeBytes { get; init; } = 16 << 20;

    /// <summary>Distinct element and attribute names of one part.</summary>
    public int MaxXmlNames { get; init; } = 10_000;

    public int MaxRows { get; init; } = SheetRows;

    public int MaxColumns { get; init; } = SheetColumns;

    /// <summary>Characters of one cell, as in Excel.</summary>
    public int MaxCellLength { get; init; } = 32_767;

    public int MaxSheets { get; init; } = 1_000;

    public int MaxSharedStrings { get; init; } = 20_000_000;

    public long MaxSharedCharacters { get; init; } = 256L << 20;

    public int MaxStyles { get; init; } = 100_000;

    /// <summary>Merged ranges and column widths carried over, each; the rest is left out because it carries no text.</summary>
    public int MaxRanges { get; init; } = 65_536;
}
