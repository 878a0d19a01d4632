using BenchmarkDotNet.Attributes;
using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Benchmarks.Micro;

/// <summary>Finding delimiters, line ends and quotes in a block of 256 KiB, which stays in the cache; the time is for one KiB.</summary>
public class ScannerBench
{
    private const int Block = 256 << 10;
    private const int KiB = Block >> 10;

    private readonly byte[] _block = MicroData.Request()[..Block];
    private readonly int[] _positions = new int[Block + IStructuralScanner.Slack];
    private IStructuralScanner _scanner = Scanners.Best;

    /// <summary>Every scanner that runs here.</summary>
    public IEnumerable<string> Names => Scanners.Available.Select(scanner => scanner.Name);

    [ParamsSource(nameof(Names))]
    public string Scanner { get; set; } = "";

    [GlobalSetup]
    public void Choose() => _scanner = Scanners.Choose(Scanner);

    [Benchmark(OperationsPerInvoke = KiB)]
    public int Scan() => _scanner.Scan(_block, 0, new Needles((byte)',', (byte)'\n', (byte)'"'), _positions);
}
