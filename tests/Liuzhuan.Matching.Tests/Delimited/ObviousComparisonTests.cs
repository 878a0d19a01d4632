using System.Text.Json;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Matching.Tests.Delimited;

/// <summary>The fast batch gives, byte for byte, what the obvious one gives, over files that hold every class of defect.</summary>
public sealed class ObviousComparisonTests
{
    private static readonly int[] BlockSizes = [64, 65, 100, 257, 1024, 256 * 1024];
    private static readonly int[] QuoteLimits = [20, 200, 64 * 1024];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Every_encoding_and_delimiter_equals_the_obvious_batch(int threads)
    {
        foreach (var form in Enum.GetValues<TextForm>())
        {
            foreach (var delimiter in ",;\t|")
            {
                for (var seed = 0; seed < 24; seed++) Compare(seed * 7 + threads, form, delimiter, threads);
            }
        }
    }

    [Fact]
    public void Random_files_equal_the_obvious_batch_for_as_long_as_there_is_time()
    {
        var time = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all" ? 60 : 1);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var seed = 100_000;
        do
        {
            var form = (TextForm)(seed % 4);
            Compare(seed, form, ",;\t|"[seed / 4 % 4], 1 + seed % 3);
            seed++;
        }
        while (watch.Elapsed < time);
        Assert.True(seed > 100_000);
    }

    private static void Compare(int seed, TextForm form, char delimiter, int threads)
    {
        var random = new Random(seed);
        var width = random.Next(5, 11);
        var file = new TortureFiles(seed).Make(form, delimiter, random.Next(0, 60), random.Next(2) == 0, random.Next(4) == 0 ? 5 : width);
        var run = new BatchRun
        {
            Format = new DelimitedFormat(form, false, delimiter, random.Next(4) == 0 ? "\r" : "\n"),
            HeaderRecord = random.Next(4),
            HeaderWidth = width,
            OldColumns = random.Next(3) == 0 ? [0, 3] : [],
            Layout = random.Next(3) == 0 ? ResultLayout.CodesOnly : ResultLayout.Full,
            Threads = threads,
            BlockBytes = BlockSizes[random.Next(BlockSizes.Length)],
            QuoteLimit = QuoteLimits[random.Next(QuoteLimits.Length)],
            RowsAtOnce = random.Next(2) == 0 ? 3 : 512,
            Scanner = Scanners.Available[random.Next(Scanners.Available.Count)],
        };
        var obvious = new ObviousBatch(run.Format, run.HeaderRecord, run.HeaderWidth, run.OldColumns, run.Layout, run.QuoteLimit);
        var expected = obvious.Run(file);

        var actual = run.Run(file);

        var name = $"seed {seed} {run.Format} threads {threads} block {run.BlockBytes} limit {run.QuoteLimit} {run.Scanner.Name} {run.Layout}";
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{name}: differs at {expected.AsSpan().CommonPrefixLength(actual)} of {expected.Length}/{actual.Length}");
        Assert.Equal(JsonSerializer.Serialize(obvious.Summary), JsonSerializer.Serialize(run.Summary));
        Assert.Equal(JsonSerializer.Serialize(obvious.Problems), JsonSerializer.Serialize(run.Problems));
    }
}
