using Liuzhuan.Benchmarks.Data;

namespace Liuzhuan.Benchmarks.Limits;

/// <summary><c>./bench limits</c>: the physical bound for a million rows, 15 samples, medians.</summary>
internal static class LimitsCommand
{
    private const int Samples = 15;
    private const long Rows = 1_000_000;

    /// <summary>The result that the bound is defined with: 12.8 bytes for each row.</summary>
    public const double ResultBytesPerRow = 12.8;

    public static int Run(TextWriter output)
    {
        var request = DataFiles.Request(Rows, Rows);
        using var limits = new MachineLimits(Places.Data);
        limits.Measure(request, Rows, (long)(Rows * ResultBytesPerRow));
        var samples = Enumerable.Range(0, Samples).Select(_ => limits.Measure(request, Rows, (long)(Rows * ResultBytesPerRow))).ToList();
        var megabytes = new FileInfo(request).Length / 1e6;
        var bound = Series.Median(samples.Select(s => s.Bound));
        output.WriteLine($"scan {megabytes:F1} MB: 1 thread {Text(samples, s => s.Scan1)}, 2 threads {Text(samples, s => s.Scan2)}");
        output.WriteLine($"1M random lines in 380 MB: 1 thread {Text(samples, s => s.Random1)}, 2 threads {Text(samples, s => s.Random2)}");
        output.WriteLine($"write 12.8 MB: {Text(samples, s => s.Write)}");
        output.WriteLine($"bound on two cores: {bound:F1} ms, {Rows / bound / 1e3:F1} million rows/s");
        return 0;
    }

    private static string Text(List<LimitSample> samples, Func<LimitSample, double> part) => $"{Series.Median(samples.Select(part)):F1} ms (min {samples.Min(part):F1})";
}
