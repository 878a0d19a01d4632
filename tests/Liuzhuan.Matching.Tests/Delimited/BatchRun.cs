using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Delimited.Pipeline;
using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Matching.Tests.Delimited;

/// <summary>One run of the fast batch over the toy decider.</summary>
internal sealed record BatchRun
{
    public required DelimitedFormat Format { get; init; }

    public int HeaderRecord { get; init; }

    public int HeaderWidth { get; init; } = 5;

    public IReadOnlyList<int> OldColumns { get; init; } = [];

    public ResultLayout Layout { get; init; } = ResultLayout.Full;

    public int Threads { get; init; } = 1;

    public int BlockBytes { get; init; } = 256 * 1024;

    public int QuoteLimit { get; init; } = 64 * 1024;

    public int RowsAtOnce { get; init; } = 512;

    public IStructuralScanner Scanner { get; init; } = Scanners.Best;

    public DelimitedBounds Bounds { get; init; } = new();

    public List<ProblemRow> Problems { get; } = [];

    public List<BatchProgress> Progress { get; } = [];

    public BatchSummary Summary { get; private set; } = new();

    public static DelimitedFormat Csv { get; } = new(TextForm.Utf8, false, ',', "\n");

    public BatchRun Runs(byte[] file)
    {
        Run(file);
        return this;
    }

    public byte[] Run(byte[] file, CancellationToken stop = default)
    {
        using var input = new MemoryStream(file);
        using var output = new MemoryStream();
        Run(input, output, stop);
        return output.ToArray();
    }

    public void Run(Stream input, Stream output, CancellationToken stop = default)
    {
        var job = new DelimitedJob
        {
            Input = input,
            Output = output,
            Format = Format,
            HeaderRecord = HeaderRecord,
            HeaderWidth = HeaderWidth,
            OldResultColumns = OldColumns,
            Plan = Toy.Plan,
            Register = null!,
            Policy = DisclosurePolicy.Full,
            Phrases = new ToyPhrases(),
            Layout = Layout,
            Threads = Threads,
            Bounds = Bounds,
            Problem = Problems.Add,
            Progress = Progress.Add,
        };
        var settings = new BatchSettings { BlockBytes = BlockBytes, QuoteLimit = QuoteLimit, RowsAtOnce = RowsAtOnce, Scanner = Scanner };
        Summary = DelimitedBatch.Run(job, settings, _ => new ToyDecider(), stop);
    }
}
