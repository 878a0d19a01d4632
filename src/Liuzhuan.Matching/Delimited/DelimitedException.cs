namespace Liuzhuan.Matching.Delimited;

/// <summary>A text file that is refused whole; the message names cause, place and remedy, in English; <see cref="Code"/> is stable.</summary>
public sealed class DelimitedException(string code, string message) : Exception(message)
{
    /// <summary>binary_file, encoding_unknown, too_many_rows, too_many_columns, record_too_long.</summary>
    public string Code { get; } = code;

    /// <summary>Physical line, from 1, on which the record stands that was refused; 0 when the whole file is meant.</summary>
    public long Line { get; init; }

    /// <summary>The bound that was exceeded; 0 when there is none.</summary>
    public long Limit { get; init; }

    internal static DelimitedException Binary() =>
        new("binary_file", "The file is no text file but a binary one (a spreadsheet, archive, picture or program). Save it as CSV or .xlsx and give it the extension that fits.");

    internal static DelimitedException EncodingUnknown() =>
        new("encoding_unknown", "The encoding of the file is not recognised: it is neither UTF-8, GB18030 nor UTF-16. Save it as UTF-8, or name its encoding.");

    internal static DelimitedException TooManyRows(long line, long limit) =>
        new("too_many_rows", $"Line {line}: the file has more than {limit} data rows. Split it into several files.") { Line = line, Limit = limit };

    internal static DelimitedException TooManyColumns(long line, long limit) =>
        new("too_many_columns", $"Line {line}: the row has more than {limit} cells. Check the delimiter, or remove cells that are not needed.") { Line = line, Limit = limit };

    internal static DelimitedException RecordTooLong(long line, long limit) =>
        new("record_too_long", $"Line {line}: the row is longer than {limit} bytes. Check the line ends of the file, or shorten the cell.") { Line = line, Limit = limit };
}
