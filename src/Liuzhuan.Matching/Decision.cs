using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching;

/// <summary>What comparing one question with the record that answers it has shown.</summary>
/// <param name="Status">Status of the record.</param>
/// <param name="IsSuperseded">The asked key was replaced; the record is the one it points to.</param>
/// <param name="Differing">Fields that differ.</param>
/// <param name="Empty">Compared fields that are empty in the register.</param>
/// <param name="Open">Fields whose cells say too little to be compared with what the register has (<see cref="Values.IFieldComparer.LeavesOpen"/>).</param>
/// <param name="Notes">Notes about how the name fits: normalised, former, variant.</param>
internal readonly record struct Comparison(RecordStatus Status, bool IsSuperseded, uint Differing, uint Empty, uint Open, Notes Notes);

/// <summary>The one place where a comparison becomes an answer, for a single question and a batch, from packed values and from text.</summary>
internal static class Decision
{
    private const Notes AboutRecord = Notes.Deceased | Notes.Cancelled | Notes.SupersededNumber | Notes.FormerName | Notes.VariantCharacters;

    /// <summary>The answer when a record was found and compared.</summary>
    /// <param name="asked">Notes about the question's key.</param>
    /// <param name="notCompared">Fields whose cells could not be read.</param>
    public static AnswerCore Conclude(in Comparison found, Notes asked, uint notCompared, DisclosurePolicy policy)
    {
        if (found.IsSuperseded && !policy.AnswerSuperseded) return NotInRegister(asked, notCompared);
        var notes = found.IsSuperseded ? Notes.SupersededNumber : Notes.None;
        if (found.Status == RecordStatus.Changing) return CannotDecide(Reasons.ChangeInProgress, asked | notes & policy.Notes, notCompared);
        notCompared |= found.Open;
        if (found.Status == RecordStatus.Deceased) notes |= Notes.Deceased;
        if (found.Status == RecordStatus.Cancelled) notes |= Notes.Cancelled;
        notes |= found.Notes;
        notes &= policy.Notes | ~AboutRecord;
        if (found.Differing != 0) return new AnswerCore(Verdict.Inconsistent, 0, asked | notes, found.Differing, notCompared);
        if (found.Empty != 0) return CannotDecide(Reasons.IncompleteRecord, asked | notes, notCompared);
        return new AnswerCore(Verdict.Consistent, 0, asked | notes, 0, notCompared);
    }

    public static AnswerCore NotInRegister(Notes asked, uint notCompared) => new(Verdict.NotInRegister, 0, asked, 0, notCompared);

    public static AnswerCore CannotDecide(Reasons reason, Notes notes, uint notCompared) => new(Verdict.CannotDecide, reason, notes, 0, notCompared);

    public static AnswerCore Invalid(Reasons reasons) => new(Verdict.Invalid, reasons);
}
