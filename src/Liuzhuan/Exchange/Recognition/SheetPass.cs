using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>Takes the rows of one sheet through decision and out again; memory does not grow with the rows, save for duplicates.</summary>
internal sealed class SheetPass : IDisposable
{
    private const int CodeFromEnd = 4;

    private static readonly double[] ResultWidths = [12, 16, 20, 28, 60];

    private readonly SpreadsheetJob _job;
    private readonly string _sheet;
    private readonly Recognition _found;
    private readonly RowDecider _decide;
    private readonly ColumnShift _shift;
    private readonly DuplicateIndex _seen = new();
    private readonly DataRowNumbers _rows = new();
    private readonly string?[] _cells;
    private readonly int[] _required;
    private int _line;

    public SheetPass(SpreadsheetJob job, string sheet, Recognition found)
    {
        (_job, _sheet, _found) = (job, sheet, found);
        _decide = job.Decide(found.Plan);
        _shift = new ColumnShift(found.HeaderWidth, found.OldResultColumns);
        _cells = new string?[found.Plan.SlotCount];
        var required = new List<int>();
        for (var slot = 0; slot < found.Plan.SlotCount; slot++)
        {
            if (slot < found.Plan.KeyCount || found.Plan.Schema.Fields[found.Plan.Fields[slot - found.Plan.KeyCount]].Required) required.Add(slot);
        }

        _required = [.. required];
    }

    public BatchSummary Summary { get; } = new();

    /// <summary>Widths of the columns that stay, then of the results.</summary>
    public IEnumerable<ColumnWidth> Widths(IReadOnlyList<ColumnWidth> widths) =>
        _shift.To(widths).Concat(ResultWidths.Select((width, i) => new ColumnWidth(_shift.Width + i, _shift.Width + i, width)));

    public MergedRange? Merge(MergedRange range) => _shift.To(range, (int)_found.HeaderLine);

    /// <summary>Takes one row; rows come in order, without those that are empty.</summary>
    public void Take(SheetRow row, XlsxSheetWriter output)
    {
        if (row.Number < _found.HeaderLine)
        {
            SheetCopy.Row(row, output);
            return;
        }

        output.BeginRow(row.Number);
        if (row.Number == _found.HeaderLine)
        {
            if (_shift.Width + OldResults.Columns > SpreadsheetBounds.SheetColumns) throw new SpreadsheetRefusedException(SpreadsheetRefusals.NoRoomForResults(_sheet, row.Number));
            Copy(row, output, _found.HeaderWidth);
            WriteWords(output, _shift.Width, _job.Phrases.Headings, CellStyles.Heading, repeats: true);
            Summary.HeaderLines = row.Number;
        }
        else
        {
            Summary.BlankLines += row.Number - _line - 1;
            TakeBelowHeader(row, output);
        }

        _line = row.Number;
        output.EndRow();
    }

    /// <summary>Gives back the memory for duplicates.</summary>
    public void Dispose() => _seen.Dispose();

    private void TakeBelowHeader(SheetRow row, XlsxSheetWriter output)
    {
        var kind = Classify(row);
        if (kind == RowKind.Data)
        {
            TakeData(row, output);
            return;
        }

        if (kind == RowKind.Total)
        {
            Summary.TotalLines++;
        }
        else
        {
            Summary.BlankLines++;
        }

        if (_shift.WouldLose(row))
        {
            SheetCopy.Cells(row, output);
        }
        else
        {
            Copy(row, output, row.Width);
        }
    }

    private RowKind Classify(SheetRow row)
    {
        var columns = _found.Plan.Columns;
        var anyRequired = false;
        for (var slot = 0; slot < columns.Length; slot++) _cells[slot] = row.Text(columns[slot]);
        foreach (var slot in _required) anyRequired |= !RowKinds.IsBlank(_cells[slot]);
        var first = "";
        for (var i = 0; i < row.Count && first.Length == 0; i++)
        {
            if (!RowKinds.IsBlank(row[i].Text)) first = row[i].Text;
        }

        return RowKinds.Classify(first, _cells[0], anyRequired);
    }

    private void TakeData(SheetRow row, XlsxSheetWriter output)
    {
        _rows.Add(row.Number);
        var isTooLong = IsTooLong(row);
        ulong key = 0;
        // A row that is too long is not put to the register, so nobody is looked up by it.
        var answer = isTooLong ? new AnswerCore(Verdict.Invalid, Reasons.RowTooLong) : _decide(_cells, out key);
        DuplicateOf? duplicate = null;
        if (key != 0)
        {
            var first = (int)_seen.FirstRow(key, (uint)_rows.Count);
            if (first != _rows.Count) duplicate = new DuplicateOf(first, _sheet, _rows.SheetRow(first));
        }

        var at = _shift.Width;
        if (isTooLong)
        {
            at = CopyTooLong(row, output);
        }
        else
        {
            Copy(row, output, _found.HeaderWidth);
        }

        WriteWords(output, at, _job.Phrases.Describe(answer, duplicate), CellStyles.Plain, repeats: duplicate is null);
        Summary.Add(answer, duplicate is not null);
        if (answer.Verdict != Verdict.Consistent) _job.Problem?.Invoke(_sheet, new ProblemRow(_rows.Count, row.Number, row.Texts(), answer, duplicate));
    }

    private bool IsTooLong(SheetRow row)
    {
        for (var i = row.Count - 1; i >= 0 && row[i].Column >= _found.HeaderWidth; i--)
        {
            if (!RowKinds.IsBlank(row[i].Text)) return true;
        }

        return false;
    }

    // Where results follow, a cell beyond the header is blank, and the results stand in its place.
    private void Copy(SheetRow row, XlsxSheetWriter output, int width)
    {
        for (var i = 0; i < row.Count && row[i].Column < width; i++)
        {
            var to = _shift.To(row[i].Column);
            if (to >= 0) output.Cell(to, row[i]);
        }
    }

    // All cells stay where they are, save the results that an earlier run appended behind the last of them.
    private int CopyTooLong(SheetRow row, XlsxSheetWriter output)
    {
        var width = row.Width;
        if (_shift.CutsAny && row.Text(width - CodeFromEnd) is { } code && AnswerCodes.Verdicts.Contains(code)) width -= OldResults.Columns;
        for (var i = 0; i < row.Count && row[i].Column < width; i++) output.Cell(row[i].Column, row[i]);
        if (width + OldResults.Columns > SpreadsheetBounds.SheetColumns) throw new SpreadsheetRefusedException(SpreadsheetRefusals.NoRoomForResults(_sheet, row.Number));
        return Math.Max(width, _shift.Width);
    }

    // A sentence that names an earlier row hardly ever comes twice, so it is no word to share.
    private static void WriteWords(XlsxSheetWriter output, int column, in AnswerWords words, int style, bool repeats)
    {
        output.Word(column, words.Verdict, style);
        output.Word(column + 1, words.Code, style);
        output.Word(column + 2, words.Fields, style);
        if (repeats)
        {
            output.Word(column + 3, words.Notes, style);
            output.Word(column + 4, words.Explanation, style);
        }
        else
        {
            output.Text(column + 3, words.Notes, style);
            output.Text(column + 4, words.Explanation, style);
        }
    }
}
