using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>What all stages of one run know.</summary>
internal sealed class BatchContext
{
    public BatchContext(DelimitedJob job, BatchSettings settings, CancellationToken stop)
    {
        (Job, Settings, Stop) = (job, settings, stop);
        Rules = TextRules.Of(job.Format, settings.QuoteLimit);
        Scanner = job.Format is { Form: TextForm.Gb18030, Delimiter: '|' } ? new Gb18030Scanner() : settings.Scanner;
        OldColumns = new bool[job.HeaderWidth];
        for (var i = 0; i < job.OldResultColumns.Count; i++)
        {
            if (job.OldResultColumns[i] < job.HeaderWidth) OldColumns[job.OldResultColumns[i]] = true;
        }

        Width = job.HeaderWidth;
        foreach (var old in OldColumns)
        {
            if (old) Width--;
        }

        HasOldColumns = Width < job.HeaderWidth;
    }

    public DelimitedJob Job { get; }

    public BatchSettings Settings { get; }

    public CancellationToken Stop { get; }

    public TextRules Rules { get; }

    public IStructuralScanner Scanner { get; }

    public TextForm Form => Job.Format.Form;

    public char Delimiter => Job.Format.Delimiter;

    /// <summary>Which header columns hold results of an earlier run and are cut out.</summary>
    public bool[] OldColumns { get; }

    public bool HasOldColumns { get; }

    /// <summary>Columns before the result columns of the output.</summary>
    public int Width { get; }

    public bool IsFull => Job.Layout == ResultLayout.Full;
}
