using Liuzhuan.Matching.Delimited.Pipeline;

namespace Liuzhuan.Matching;

/// <summary>Has every answer name the fields that were filled in and not compared because the policy does not allow them: what was not looked at must not be taken for what agrees.</summary>
internal sealed class LeftOutDecider : IRowDecider
{
    private readonly IRowDecider _inner;
    private readonly QuestionPlan _plan;

    // By slot: the bit of a field that is asked and not told, or 0.
    private readonly uint[] _leftOut;

    public LeftOutDecider(IRowDecider inner, QuestionPlan plan, uint told)
    {
        (_inner, _plan, _leftOut) = (inner, plan, new uint[plan.SlotCount]);
        for (var slot = plan.KeyCount; slot < plan.SlotCount; slot++) _leftOut[slot] = (1u << plan.Fields[slot - plan.KeyCount]) & ~told;
    }

    public void Decide(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, Span<AnswerCore> answers, Span<ulong> keys)
    {
        _inner.Decide(block, cells, answers, keys);
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].Verdict is not (Verdict.Consistent or Verdict.Inconsistent)) continue;
            var row = cells.Slice(i * _plan.SlotCount, _plan.SlotCount);
            uint fields = 0;
            for (var slot = _plan.KeyCount; slot < row.Length; slot++)
            {
                if (row[slot].Length > 0) fields |= _leftOut[slot];
            }

            answers[i] = answers[i].Narrowed(fields);
        }
    }
}
