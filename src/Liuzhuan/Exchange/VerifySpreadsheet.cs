using Liuzhuan.Exchange.Recognition;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange;

/// <summary>Verifies a workbook: every visible sheet with a recognised header, the others only copied.</summary>
internal static class VerifySpreadsheet
{
    public static Result<VerifiedInput> Run(VerifyWork work, Stream output, CancellationToken stop)
    {
        work.Progress?.Invoke(new VerifyProgress("recognising", 0, 0));
        var job = Job(work);
        var ran = work.Request.DryRun ? SpreadsheetBatch.Recognise(job) : SpreadsheetBatch.Run(job, output, stop);
        if (!ran.Ok(out var outcome, out var refusal)) return refusal;
        var counts = new BatchSummary();
        foreach (var sheet in outcome.Sheets) counts.Add(sheet.Summary);
        return new VerifiedInput(outcome.Encoding, null, [.. outcome.Sheets.Select(Sheet)], counts);
    }

    private static SpreadsheetJob Job(VerifyWork work) => new()
    {
        InputPath = work.Request.InputPath ?? throw new InvalidOperationException("A workbook is read from a file."),
        Schema = work.Register.Schema,
        Decide = SpreadsheetJob.Against(work.Register, work.Request.Policy, work.Request.Touched),
        Phrases = work.Phrases,
        Choices = work.Request.Columns,
        Written = work.Clock.GetUtcNow(),
        Progress = work.Progress is { } tell ? done => tell(new VerifyProgress("verifying", done.TotalBytes > 0 ? (double)done.Bytes / done.TotalBytes : 0, done.Rows)) : null,
        Begun = (_, found) => work.Problems.StartSheet(found.Headings),
        Problem = work.Problems.Wanted ? work.Problems.Add : null,
    };

    private static ReportSheet Sheet(SheetOutcome sheet) => new(
        sheet.Name, sheet.State, sheet.Recognition?.HeaderLine ?? 0, sheet.Summary.Rows, sheet.Recognition is { } found ? VerifyText.Columns(found) : []);
}
