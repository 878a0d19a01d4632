using Liuzhuan.Matching.Schemas;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching;

/// <summary>One question cell as text, and as its comparer read it.</summary>
internal readonly record struct AskedField(int Field, string Raw, FieldReading Reading);

/// <summary>
/// Decides from text: shared numbers, replaced numbers that cannot be followed in one step, former names, changed records.
/// Slow and plain; the packed path must agree with it on every question it answers itself.
/// </summary>
internal sealed class TextJudge
{
    private const int MaxChain = 8;

    private readonly RegisterView _view;
    private readonly RegisterSchema _schema;
    private readonly DisclosurePolicy _policy;
    private readonly TouchedNumbers? _touched;
    private readonly int _superseded, _status, _former, _formerOf;

    public TextJudge(RegisterView view, DisclosurePolicy policy, TouchedNumbers? touched)
    {
        (_view, _policy, _schema) = (view, policy, view.Snapshot.Schema);
        _touched = _schema.KeyIsCitizenNumber ? touched : null;
        (_superseded, _status, _former) = (_schema.IndexOf(FieldRole.SupersededBy), _schema.IndexOf(FieldRole.Status), _schema.IndexOf(FieldRole.FormerValues));
        _formerOf = _former < 0 ? -1 : _schema.Fields.Select(field => field.Name).ToList().IndexOf(_schema.Fields[_former].Of ?? "");
    }

    public AnswerCore Decide(ulong key, string keyText, ReadOnlySpan<AskedField> asked, Notes notes, uint notCompared)
    {
        var isSuperseded = false;
        for (var hop = 0; ; hop++)
        {
            var records = _view.RecordsOf(key, keyText);
            if (records.Count == 0)
                return isSuperseded ? Incomplete(notes, notCompared) : Decision.NotInRegister(notes, notCompared);
            if (isSuperseded) _touched?.Add(key);
            var live = records.Where(IsLive).ToList();
            if (live.Count == 1) return Compare(live[0], isSuperseded, asked, notes, notCompared);
            if (live.Count > 1 || records.Count > 1) return Shared(isSuperseded, notes, notCompared);
            // From here on the asked number was replaced; a policy that does not tell so answers as for a number nobody has.
            if (!_policy.AnswerSuperseded) return Decision.NotInRegister(notes, notCompared);
            isSuperseded = true;
            // What a procedure may still alter cannot be followed, wherever in the chain it stands.
            if (StatusOf(records[0]) == RecordStatus.Changing)
                return Decision.CannotDecide(Reasons.ChangeInProgress, notes | Notes.SupersededNumber & _policy.Notes, notCompared);
            if (hop == MaxChain || _view.Snapshot.KeyReader.Read(records[0].Values[_superseded], out key, out keyText) != Reasons.None)
                return Incomplete(notes, notCompared);
        }
    }

    /// <summary>Tells whose record stands in for a number that was replaced, where one step leads to it and nothing was changed since.</summary>
    public void TouchSuccessor(ulong key)
    {
        if (_touched is null) return;
        if (_view.Snapshot.KeyReader.Read(_view.Snapshot.SideValue(key, _superseded), out var successor, out _) == Reasons.None) _touched.Add(successor);
    }

    private AnswerCore Compare(StoredRecord record, bool isSuperseded, ReadOnlySpan<AskedField> asked, Notes notes, uint notCompared)
    {
        uint differing = 0, empty = 0, open = 0;
        var found = Notes.None;
        foreach (var (field, raw, reading) in asked)
        {
            var comparer = FieldComparers.Get(_schema.Fields[field].Comparer);
            var stored = record.Values[field];
            // A stored name stands as entered; everything else is canonical already.
            var canonical = stored;
            if (comparer.Storage == FieldStorage.Name && !comparer.TryReadStored(stored, out canonical)) canonical = "";
            var bit = 1u << field;
            if (canonical.Length == 0) empty |= bit;
            else if (Equal(reading, canonical))
            {
                if (comparer.Storage == FieldStorage.Name && raw != stored) found |= Notes.NormalisedName;
            }
            else if (comparer.LeavesOpen(reading, canonical)) open |= bit;
            else
            {
                differing |= bit;
                if (comparer.Storage != FieldStorage.Name) continue;
                if (reading.Changed) found |= Notes.NormalisedName;
                if (field == _formerOf && IsFormer(comparer, reading.Canonical, record.Values[_former])) found |= Notes.FormerName;
                else if (comparer.AreVariants(reading.Canonical, canonical)) found |= Notes.VariantCharacters;
            }
        }

        return Decision.Conclude(new Comparison(StatusOf(record), isSuperseded, differing, empty, open, found), notes, notCompared, _policy);
    }

    /// <summary>Equal to the canonical text or to one of the alternatives.</summary>
    public static bool Equal(in FieldReading reading, string canonical) =>
        reading.Canonical == canonical || reading.Alternatives is { } others && others.Contains(canonical);

    private RecordStatus StatusOf(StoredRecord record)
    {
        var status = RecordStatus.Active;
        if (_status >= 0 && !RecordStatusText.TryParse(record.Values[_status], out status))
            throw new InvalidOperationException("A stored record has no known status.");
        return status;
    }

    private static bool IsFormer(IFieldComparer comparer, string canonical, string formerValues)
    {
        foreach (var former in formerValues.Split('|'))
        {
            if (comparer.TryReadStored(former, out var value) && value.Length > 0 && value == canonical) return true;
        }

        return false;
    }

    private bool IsLive(StoredRecord record) => _superseded < 0 || record.Values[_superseded].Length == 0;

    private AnswerCore Incomplete(Notes notes, uint notCompared) =>
        Decision.CannotDecide(Reasons.IncompleteRecord, notes | Notes.SupersededNumber & _policy.Notes, notCompared);

    private AnswerCore Shared(bool isSuperseded, Notes notes, uint notCompared) =>
        Decision.CannotDecide(Reasons.DuplicateNumber, isSuperseded ? notes | Notes.SupersededNumber & _policy.Notes : notes, notCompared);
}
