namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>Decides rows: the kernel, or in tests something that is easy to compute by hand. One per thread.</summary>
internal interface IRowDecider
{
    /// <summary>See <see cref="RowKernel.Decide"/>.</summary>
    void Decide(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, Span<AnswerCore> answers, Span<ulong> keys);
}

/// <summary>Puts rows to the register.</summary>
internal sealed class KernelDecider(RowKernel kernel) : IRowDecider
{
    public void Decide(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, Span<AnswerCore> answers, Span<ulong> keys) =>
        kernel.Decide(block, cells, answers, keys);
}
