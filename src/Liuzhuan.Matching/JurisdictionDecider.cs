using Liuzhuan.Matching.Delimited.Pipeline;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching;

/// <summary>
/// Decides rows where what may be said depends on where the person lives. Two kernels answer every row, one for either side, and the register decides which
/// of the answers leaves: slower than one kernel, for files of an office, not of a province. What is wrong with a question is told whoever it is about.
/// </summary>
internal sealed class JurisdictionDecider(Register register, QuestionPlan plan, DisclosurePolicy policy, Jurisdiction within, CellCoding coding, TouchedNumbers? touched, bool cellsAreTyped) : IRowDecider
{
    private static readonly AnswerCore Nothing = Decision.CannotDecide(Reasons.BeyondJurisdiction, Notes.None, 0);

    private readonly RowKernel _inside = new(register, plan, policy with { Within = null }, coding, touched, cellsAreTyped);
    private readonly RowKernel? _beyond = within.Beyond is { } beyond ? new RowKernel(register, plan, beyond with { Within = null }, coding, touched, cellsAreTyped) : null;
    private readonly Residence _residence = new(register.View, within.Field);
    private readonly KeyReader _keys = register.View.Snapshot.KeyReader;
    private AnswerCore[] _others = [];

    /// <summary>The decider of a policy: the kernel alone where it does not ask who lives where, and nothing is to be told of what was left out.</summary>
    public static IRowDecider For(Register register, QuestionPlan plan, DisclosurePolicy policy, CellCoding coding, TouchedNumbers? touched, bool cellsAreTyped = false)
    {
        IRowDecider decider = policy.Within is { } within
            ? new JurisdictionDecider(register, plan, policy, within, coding, touched, cellsAreTyped)
            : new KernelDecider(new RowKernel(register, plan, policy, coding, touched, cellsAreTyped));
        return policy.TellsLeftOut ? new LeftOutDecider(decider, plan, policy.Fields) : decider;
    }

    public void Decide(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, Span<AnswerCore> answers, Span<ulong> keys)
    {
        _inside.Decide(block, cells, answers, keys);
        if (_others.Length < answers.Length) _others = new AnswerCore[answers.Length];
        _beyond?.Decide(block, cells, _others.AsSpan(0, answers.Length), keys);
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].Verdict == Verdict.Invalid || IsWithin(block, cells.Slice(i * plan.SlotCount, plan.KeyCount))) continue;
            answers[i] = _beyond is null ? Nothing : Narrowed(_others[i], cells.Slice(i * plan.SlotCount, plan.SlotCount));
        }
    }

    // An answer that agrees in the name alone must not be taken for one about everything that was filled in.
    private AnswerCore Narrowed(AnswerCore answer, ReadOnlySpan<CellRange> row)
    {
        if (answer.Verdict is not (Verdict.Consistent or Verdict.Inconsistent)) return answer;
        uint leftOut = 0;
        for (var slot = plan.KeyCount; slot < row.Length; slot++)
        {
            var bit = 1u << plan.Fields[slot - plan.KeyCount];
            if (row[slot].Length > 0 && (policy.Fields & bit) != 0 && (within.Beyond!.Fields & bit) == 0) leftOut |= bit;
        }

        return answer.Narrowed(leftOut);
    }

    private bool IsWithin(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row) =>
        _keys.ReadSlow(block, row, coding, out var key, out var text, out _) == Reasons.None && _residence.IsWithin(key, text, within.Prefix);
}
