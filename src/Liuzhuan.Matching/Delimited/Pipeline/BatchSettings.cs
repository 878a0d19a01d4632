using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>What only tests and measurements change.</summary>
internal sealed record BatchSettings
{
    public static readonly BatchSettings Default = new();

    /// <summary>Text per block: about half of a core's second-level cache, so that block, index and output stay in it.</summary>
    public int BlockBytes { get; init; } = 256 * 1024;

    /// <summary>Rows put to the kernel at once.</summary>
    public int RowsAtOnce { get; init; } = 512;

    public int QuoteLimit { get; init; } = 64 * 1024;

    public IStructuralScanner Scanner { get; init; } = Scanners.Best;
}
