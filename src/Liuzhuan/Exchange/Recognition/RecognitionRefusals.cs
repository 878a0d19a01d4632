using System.Text;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>Every reason for which the columns of a file cannot be told. The sentences show what was seen and how to choose.</summary>
internal static class RecognitionRefusals
{
    /// <summary>Codes of the refusals that mean "this sheet is not the list", so that another sheet may be.</summary>
    public const string NoHeaderCode = "input.no-header", ColumnNotFoundCode = "input.column-not-found", HeaderRequiredCode = "input.header-required";

    private const int ShownRecords = 5, ShownCells = 8, ShownCharacters = 20;

    /// <param name="wanted">Required columns that were looked for.</param>
    /// <param name="sheet">Sheet, or null in a text file.</param>
    public static Refusal NoHeader(string? sheet, IReadOnlyList<WantedColumn> wanted, IReadOnlyList<PreviewRecord> records)
    {
        if (!records.Any(record => record.Cells.Any(cell => !RowKinds.IsBlank(cell)))) return Empty(sheet);
        var names = wanted.Where(column => column.Required).ToList();
        var example = ColumnGuess.Example(names, records);
        var seen = Seen(records);
        return new Refusal(NoHeaderCode,
            $"{In(sheet)}没有找到标题行：前 {records.Count} 行中没有一行同时含有{string.Join("、", names.Select(column => $"“{column.Shown}”"))}列。看到的内容：{seen}。请在数据上方加一行标题；如标题已有但写法不同，请指定各列，例如 {example}。",
            $"{InEnglish(sheet)}No header was found: none of the first {records.Count} lines holds {string.Join(" and ", names.Select(column => $"\"{column.Shown}\" ({column.Name})"))}. Seen: {seen}. Put a header line above the data, or name the columns, for example {example}.");
    }

    public static Refusal Ambiguous(string? sheet, WantedColumn wanted, PreviewRecord header, IReadOnlyList<int> candidates)
    {
        var list = string.Join("、", candidates.Select(i => $"{ColumnName.Of(i)} 列“{Short(header.Cells[i])}”"));
        var listEnglish = string.Join(", ", candidates.Select(i => $"{ColumnName.Of(i)} \"{Short(header.Cells[i])}\""));
        var example = $"--column {wanted.Name}={ColumnName.Of(candidates[0])}";
        return new Refusal("input.ambiguous-header",
            $"{In(sheet)}第 {header.Line} 行的标题有歧义：{list} 都可能是“{wanted.Shown}”（{wanted.Name}）。请指定用哪一列，例如 {example}。",
            $"{InEnglish(sheet)}The header in line {header.Line} is ambiguous: {listEnglish} may each be {wanted.Name}. Say which to use, for example {example}.");
    }

    public static Refusal NotAHeader(string? sheet, PreviewRecord record, IReadOnlyList<WantedColumn> wanted) => new(HeaderRequiredCode,
        $"{In(sheet)}文件没有标题行：第 {record.Line} 行已是数据（{Cells(record)}）。请在数据上方加一行标题（例如 {string.Join("、", wanted.Where(column => column.Required).Select(column => column.Shown))}）后再试。",
        $"{InEnglish(sheet)}The file has no header line: line {record.Line} is data already ({Cells(record)}). Put a header above the data and try again.");

    public static Refusal SeveralLines(string? sheet, IReadOnlyList<PreviewRecord> lines) => new("input.ambiguous-header",
        $"{In(sheet)}第一个号码上方有 {lines.Count} 行都可能是标题行（{Seen(lines)}）。请只留一行标题，或把标题写成“姓名”“身份证号”后再试。",
        $"{InEnglish(sheet)}Above the first number stand {lines.Count} lines, each of which may be the header ({Seen(lines)}). Leave one header line, or call its columns \"name\" and \"id number\", and try again.");

    public static Refusal UnknownColumn(string name, IReadOnlyList<WantedColumn> wanted) => new("input.unknown-column",
        $"没有名为“{name}”的列可指定。可以指定的有：{string.Join("、", wanted.Select(column => column.Name))}，例如 {Example(wanted.Where(column => column.Required))}。",
        $"There is no column called \"{name}\" to choose. These can be chosen: {string.Join(", ", wanted.Select(column => column.Name))}; for example {Example(wanted.Where(column => column.Required))}.");

    public static Refusal ColumnNotFound(string name, string value) => new(ColumnNotFoundCode,
        $"指定的列 {name}={value} 在文件中找不到。请写列字母（如 B）、从 1 数起的列号（如 2）或标题原文。",
        $"The chosen column {name}={value} is not in the file. Give a column letter (B), a number from 1 (2) or the heading as written.");

    public static Refusal SameColumn(string? sheet, string name, string other, int column) => new("input.column-chosen-twice",
        $"{In(sheet)}{ColumnName.Of(column)} 列同时被当作 {name} 和 {other}。请分别指定，例如 --column {name}=B --column {other}=C。",
        $"{InEnglish(sheet)}Column {ColumnName.Of(column)} would be both {name} and {other}. Choose them apart, for example --column {name}=B --column {other}=C.");

    private static Refusal Empty(string? sheet) => new(NoHeaderCode,
        $"{In(sheet)}没有内容：看到的各行都是空的。请检查导出时是否选对了数据，表里应有一行标题，下面逐行填写。",
        $"{InEnglish(sheet)}There is nothing in it: every line seen is blank. Check what was exported; a header line and rows below it are needed.");

    private static string Example(IEnumerable<WantedColumn> wanted) => string.Join(" ", wanted.Select((column, i) => $"--column {column.Name}={ColumnName.Of(i + 1)}"));

    private static string Seen(IReadOnlyList<PreviewRecord> records)
    {
        var seen = new StringBuilder();
        foreach (var record in records.Where(record => record.Cells.Any(cell => cell.Length > 0)).Take(ShownRecords))
        {
            seen.Append(seen.Length > 0 ? "; " : "").Append(record.Line).Append(": ").Append(Cells(record));
        }

        return seen.Length > 0 ? seen.ToString() : "—";
    }

    private static string Cells(PreviewRecord record) => string.Join(" | ", record.Cells.Select((cell, i) => (cell, i)).Where(at => at.cell.Length > 0).Take(ShownCells).Select(at => $"{ColumnName.Of(at.i)} {Short(at.cell)}"));

    // Line breaks would tear the sentence, and a citizen number has no place in an error message.
    private static string Short(string cell)
    {
        var flat = string.Concat(cell.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        if (flat.Count(char.IsAsciiDigit) >= 15) return "*** (" + flat.Length + ")";
        return flat.Length <= ShownCharacters ? flat : flat[..ShownCharacters] + "…";
    }

    private static string In(string? sheet) => sheet is null ? "" : $"工作表“{sheet}”：";

    private static string InEnglish(string? sheet) => sheet is null ? "" : $"Sheet \"{sheet}\": ";
}
