using BenchmarkDotNet.Attributes;
using Liuzhuan.Benchmarks.Data;
using Liuzhuan.Exchange.Wording;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;

namespace Liuzhuan.Benchmarks.Micro;

/// <summary>One row of a whole batch on one thread: read from a file, scanned, decided, written to nowhere.</summary>
public class BatchBench
{
    private readonly Register _register = MicroData.Register();

    [Params(ResultLayout.CodesOnly, ResultLayout.Full)]
    public ResultLayout Layout { get; set; }

    [Benchmark(OperationsPerInvoke = MicroData.Rows)]
    public long Run()
    {
        using var input = new FileStream(DataFiles.Request(MicroData.People, MicroData.Rows), FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var job = new DelimitedJob
        {
            Input = input,
            Output = Stream.Null,
            Format = new DelimitedFormat(TextForm.Utf8, false, ',', "\n"),
            HeaderRecord = 0,
            HeaderWidth = 4,
            Plan = MicroData.Plan(_register),
            Register = _register,
            Policy = DisclosurePolicy.Full,
            Phrases = new AnswerPhrases(_register.Schema, "zh"),
            Layout = Layout,
            Threads = 1,
        };
        return DelimitedBatch.Run(job, CancellationToken.None).Rows;
    }

    [GlobalCleanup]
    public void Close() => _register.Dispose();
}
