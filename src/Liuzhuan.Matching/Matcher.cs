using System.Text;
using Liuzhuan.Matching.Delimited.Pipeline;

namespace Liuzhuan.Matching;

/// <summary>The front door for single questions and for rows that are already text (spreadsheets). Uses the same kernel as batches. One instance per thread.</summary>
/// <param name="touched">Who wants to know whom the questions were about; null for nobody.</param>
/// <param name="cellsAreTyped">The rows come from a workbook: see <see cref="Values.KeyContext.CellsAreTyped"/>.</param>
public sealed class Matcher(Register register, QuestionPlan plan, DisclosurePolicy policy, TouchedNumbers? touched = null, bool cellsAreTyped = false)
{
    private readonly IRowDecider _kernel = JurisdictionDecider.For(register, plan, policy, CellCoding.Utf8, touched, cellsAreTyped);
    private readonly TouchedNumbers? _asked = plan.Schema.KeyIsCitizenNumber ? touched : null;
    private readonly CellRange[] _cells = new CellRange[plan.SlotCount];
    private readonly AnswerCore[] _answer = new AnswerCore[1];
    private readonly ulong[] _key = new ulong[1];
    private byte[] _block = new byte[256];

    /// <summary>Decides one row; <paramref name="cells"/> has one text per plan slot, null or empty when absent.</summary>
    public AnswerCore Ask(ReadOnlySpan<string?> cells, out ulong duplicateKey)
    {
        if (cells.Length != _cells.Length) throw new ArgumentException($"The plan has {_cells.Length} slots.", nameof(cells));
        var length = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = cells[i] ?? "";
            var room = length + Encoding.UTF8.GetMaxByteCount(cell.Length);
            if (_block.Length < room) Array.Resize(ref _block, room * 2);
            var written = Encoding.UTF8.GetBytes(cell, _block.AsSpan(length));
            _cells[i] = new CellRange(length, written);
            length += written;
        }

        _kernel.Decide(_block, _cells, _answer, _key);
        duplicateKey = _key[0];
        if (duplicateKey != 0) _asked?.Add(duplicateKey);
        return _answer[0];
    }
}
