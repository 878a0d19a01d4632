namespace Liuzhuan.Matching;

/// <summary>The front door for single questions and for rows that are already text (spreadsheets). Uses the same kernel as batches. One instance per thread.</summary>
public sealed class Matcher
{
    public Matcher(Register register, QuestionPlan plan, DisclosurePolicy policy) => throw new NotSupportedException("engine");

    /// <summary>Decides one row; <paramref name="cells"/> has one text per plan slot, null or empty when absent.</summary>
    public AnswerCore Ask(ReadOnlySpan<string?> cells, out ulong duplicateKey) => throw new NotSupportedException("engine");
}
