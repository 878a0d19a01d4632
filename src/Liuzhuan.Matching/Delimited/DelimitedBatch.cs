using Liuzhuan.Matching.Delimited.Pipeline;

namespace Liuzhuan.Matching.Delimited;

/// <summary>Verifies a delimited text file: reads it in blocks, decides rows in parallel, writes them in order.</summary>
public static class DelimitedBatch
{
    /// <summary>Runs the job. Memory is constant apart from at most 16 bytes per row for duplicates.</summary>
    /// <exception cref="DelimitedException">A bound is exceeded (rows, columns, record length).</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static BatchSummary Run(DelimitedJob job, CancellationToken stop) =>
        Run(job, BatchSettings.Default, coding => JurisdictionDecider.For(job.Register, job.Plan, job.Policy, coding, job.Touched), stop);

    internal static BatchSummary Run(DelimitedJob job, BatchSettings settings, Func<CellCoding, IRowDecider> deciders, CancellationToken stop) =>
        BlockPipeline.Run(new BatchContext(job, settings, stop), deciders);
}
