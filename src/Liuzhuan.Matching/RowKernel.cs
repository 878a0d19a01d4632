namespace Liuzhuan.Matching;

/// <summary>Decides rows of cells against a register. One instance per thread; it keeps scratch space.</summary>
public sealed class RowKernel
{
    public RowKernel(Register register, QuestionPlan plan, DisclosurePolicy policy, CellCoding coding) => throw new NotSupportedException("engine");

    /// <summary>Decides any number of rows.</summary>
    /// <param name="block">Bytes that <paramref name="cells"/> point into.</param>
    /// <param name="cells">Rows times <see cref="QuestionPlan.SlotCount"/> cells, row by row.</param>
    /// <param name="answers">One answer per row.</param>
    /// <param name="duplicateKeys">Per row a value that is equal exactly for rows with the same valid key, or 0 when the row has no valid key.</param>
    public void Decide(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, Span<AnswerCore> answers, Span<ulong> duplicateKeys) => throw new NotSupportedException("engine");
}
