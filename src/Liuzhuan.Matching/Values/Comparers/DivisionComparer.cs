namespace Liuzhuan.Matching.Values.Comparers;

/// <summary>Administrative divisions: the six digits of GB/T 2260, or the name of a county with or without what it belongs to, or of a prefecture or province.</summary>
internal sealed class DivisionComparer : FoldedComparer
{
    public override string Name => "division";

    public override FieldStorage Storage => FieldStorage.Dictionary;

    protected override FieldReading ReadFolded(ReadOnlySpan<char> folded, ReadOnlySpan<char> cell)
    {
        if (DivisionCode.IsCode(folded)) return Value(folded.ToString(), cell);
        var counties = Divisions.Default.Find(folded);
        if (Divisions.Default.FindLarger(folded) is { } larger) return new FieldReading(ReadingKind.Value, counties.FirstOrDefault(larger), true, [.. counties, larger]);
        return counties switch
        {
            [] => FieldReading.Unreadable,
            [var only] => new FieldReading(ReadingKind.Value, only, true),
            var several => new FieldReading(ReadingKind.Value, several[0], true, several),
        };
    }

    /// <summary>A register keeps the number in force of the only county of a name.</summary>
    public override bool TryReadStored(ReadOnlySpan<char> cell, out string canonical)
    {
        var reading = Read(cell);
        canonical = reading.Canonical;
        if (reading.Alternatives is null) return reading.Kind != ReadingKind.Unreadable;
        var counties = reading.Alternatives.Where(Divisions.Default.IsCounty).ToList();
        canonical = counties is [var only] ? only : "";
        return counties.Count == 1;
    }

    public override bool LeavesOpen(in FieldReading asked, string stored)
    {
        foreach (var code in asked.Alternatives ?? [])
        {
            if (Divisions.Default.IsLarger(code) && Divisions.Default.MayLieIn(stored, code)) return true;
        }

        return false;
    }
}
