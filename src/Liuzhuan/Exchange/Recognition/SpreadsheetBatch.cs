using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>Verifies a workbook: every visible sheet with a recognised header; all other sheets come back as they were. The result is .xlsx.</summary>
internal static class SpreadsheetBatch
{
    private const int ProgressRows = 2_000;

    /// <summary>Recognises sheets and columns only.</summary>
    public static Result<SpreadsheetOutcome> Recognise(SpreadsheetJob job) => Guarded(job, book => Plan(book, job));

    /// <summary>Runs the job. On a refusal <paramref name="output"/> holds nothing of use.</summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static Result<SpreadsheetOutcome> Run(SpreadsheetJob job, Stream output, CancellationToken stop) => Guarded(job, book =>
    {
        if (!Plan(book, job).Ok(out var plan, out var refusal)) return refusal;
        var progress = new Progress(job.Progress, book.Size);
        var active = plan.Sheets.ToList().FindIndex(sheet => sheet.State == SheetOutcome.Verified);
        var outcomes = new List<SheetOutcome>();
        using var writer = new XlsxWriter(output, book.Sheets, active, book.Date1904, job.Written);
        for (var i = 0; i < plan.Sheets.Count; i++)
        {
            using var reader = book.OpenSheet(i);
            outcomes.Add(Write(job, plan.Sheets[i], reader, writer, progress, stop));
            progress.EndSheet(reader.Done);
        }

        writer.Finish();
        return new SpreadsheetOutcome(plan.Encoding, outcomes);
    });

    private static SheetOutcome Write(SpreadsheetJob job, SheetOutcome plan, SheetReader reader, XlsxWriter writer, Progress progress, CancellationToken stop)
    {
        if (plan.Recognition is { } begun) job.Begun?.Invoke(plan.Name, begun);
        using var pass = plan.Recognition is { } found ? new SheetPass(job, plan.Name, found) : null;
        using var sheet = writer.BeginSheet(pass?.Widths(reader.Widths) ?? reader.Widths);
        var row = new SheetRow();
        for (var count = 0; reader.Read(row); count++)
        {
            if (count % ProgressRows == 0)
            {
                stop.ThrowIfCancellationRequested();
                progress.Report(reader.Done, pass?.Summary.Rows ?? 0);
            }

            if (pass is null)
            {
                SheetCopy.Row(row, sheet);
            }
            else
            {
                pass.Take(row, sheet);
            }
        }

        foreach (var range in reader.Merged)
        {
            if ((pass is null ? range : pass.Merge(range)) is { } kept) sheet.Merge(kept);
        }

        progress.EndRows(pass?.Summary.Rows ?? 0);
        return pass is null ? plan : plan with { Summary = pass.Summary };
    }

    private static Result<SpreadsheetOutcome> Plan(Workbook book, SpreadsheetJob job)
    {
        var sheets = new List<SheetOutcome>();
        Refusal? best = null;
        var mostFilled = -1;
        for (var i = 0; i < book.Sheets.Count; i++)
        {
            var (name, state) = book.Sheets[i];
            if (state != SheetState.Visible)
            {
                sheets.Add(new SheetOutcome(name, SheetOutcome.Hidden, null, new BatchSummary()));
                continue;
            }

            var (records, reaches) = FirstRecords(book, i);
            if (HeaderRecogniser.Recognise(records, job.Schema, job.Choices, name).Ok(out var found, out var refusal))
            {
                var index = i;
                found = HeaderReach.Widen(found, records, reaches, () => Merged(book, index));
                sheets.Add(new SheetOutcome(name, SheetOutcome.Verified, found, new BatchSummary()));
                continue;
            }

            if (refusal.Code is not (RecognitionRefusals.NoHeaderCode or RecognitionRefusals.ColumnNotFoundCode or RecognitionRefusals.HeaderRequiredCode)) return refusal;
            sheets.Add(new SheetOutcome(name, SheetOutcome.NoHeader, null, new BatchSummary()));
            var filled = records.Sum(record => record.Cells.Count(cell => cell.Length > 0));
            if (filled > mostFilled) (best, mostFilled) = (refusal, filled);
        }

        if (sheets.Exists(sheet => sheet.State == SheetOutcome.Verified)) return new SpreadsheetOutcome(book is XlsWorkbook ? "xls" : "xlsx", sheets);
        return best ?? SpreadsheetRefusals.AllHidden();
    }

    private static (List<PreviewRecord> Records, List<int> Reaches) FirstRecords(Workbook book, int index)
    {
        using var reader = book.OpenSheet(index);
        var (records, reaches) = (new List<PreviewRecord>(), new List<int>());
        var row = new SheetRow();
        while (records.Count < HeaderRecogniser.Records && reader.Read(row))
        {
            records.Add(new PreviewRecord(row.Number, row.Texts()));
            reaches.Add(row.Reach);
        }

        return (records, reaches);
    }

    private static IReadOnlyList<MergedRange> Merged(Workbook book, int index)
    {
        using var reader = book.OpenSheet(index);
        var row = new SheetRow();
        while (reader.Read(row));
        return reader.Merged;
    }

    private static Result<SpreadsheetOutcome> Guarded(SpreadsheetJob job, Func<Workbook, Result<SpreadsheetOutcome>> work)
    {
        if (!Workbook.Open(job.InputPath, job.Bounds).Ok(out var book, out var refusal)) return refusal;
        using (book)
        {
            try
            {
                return work(book);
            }
            catch (SpreadsheetRefusedException refused)
            {
                return refused.Refusal;
            }
        }
    }

    /// <summary>Adds up sheets for whoever watches.</summary>
    private sealed class Progress(Action<BatchProgress>? report, long total)
    {
        private long _done, _rows;

        public void Report(long done, long rows) => report?.Invoke(new BatchProgress(Math.Min(_done + done, total), total, _rows + rows));

        public void EndRows(long rows) => _rows += rows;

        public void EndSheet(long done)
        {
            _done += done;
            Report(0, 0);
        }
    }
}
