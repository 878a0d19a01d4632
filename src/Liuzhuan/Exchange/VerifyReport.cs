namespace Liuzhuan.Exchange;

/// <summary>What became of one file; written as report.json (names in camelCase) and shown as a table on the command line and the page.</summary>
internal sealed record VerifyReport
{
    public required ReportInput Input { get; init; }

    public required ReportRegister Register { get; init; }

    /// <summary>Data rows: each has one verdict.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows per verdict code; all five codes are present.</summary>
    public required IReadOnlyDictionary<string, long> Verdicts { get; init; }

    /// <summary>Rows per reason code, differing field or note; only what occurred.</summary>
    public required IReadOnlyDictionary<string, long> Reasons { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Null on a dry run.</summary>
    public ReportOutput? Output { get; init; }

    /// <summary>Where the file was logged; null when it was not by this run.</summary>
    public LedgerMark? Ledger { get; init; }

    /// <summary>Lines that came back untouched.</summary>
    public required ReportLines OtherLines { get; init; }

    /// <summary>The first rows that need mending, with cause and remedy in the language of the request.</summary>
    public required IReadOnlyList<ReportProblem> Problems { get; init; }

    /// <summary>Rows that are not consistent, in all.</summary>
    public required long ProblemRows { get; init; }

    /// <summary>True when the register is older than the warning age.</summary>
    public required bool RegisterIsOld { get; init; }
}

/// <param name="Encoding">utf-8 | utf-8-bom | gb18030 | utf-16le | utf-16be | xlsx | xls.</param>
/// <param name="Delimiter">The delimiter of a text file, or null.</param>
internal sealed record ReportInput(string Name, string? Sha256, string Encoding, string? Delimiter, IReadOnlyList<ReportSheet> Sheets);

/// <summary>One sheet; a text file has one without a name.</summary>
/// <param name="State">verified | hidden | no_header.</param>
/// <param name="HeaderLine">Line of the header, from 1; 0 when there is none.</param>
internal sealed record ReportSheet(string? Name, string State, long HeaderLine, long Rows, IReadOnlyList<ReportColumn> Columns);

/// <param name="Name">Schema column name, for example id_number.</param>
/// <param name="Column">Spreadsheet letter of the column, for example B.</param>
/// <param name="Heading">The heading as written.</param>
internal sealed record ReportColumn(string Name, string Column, string Heading);

internal sealed record ReportRegister(string Digest, DateTimeOffset AsOf);

internal sealed record ReportOutput(string Name, string? Sha256);

internal sealed record ReportLines(long Header, long Totals, long Blank);

/// <param name="Sheet">Sheet name or null.</param>
/// <param name="Line">Line or row in the file, from 1.</param>
internal sealed record ReportProblem(string? Sheet, long Line, long Row, string Verdict, string Codes, string Explanation);
