namespace Liuzhuan.Matching.Values.Comparers;

/// <summary>Administrative divisions: the six digits of GB/T 2260, or the name of a county with or without what it belongs to.</summary>
internal sealed class DivisionComparer : FoldedComparer
{
    public override string Name => "division";

    public override FieldStorage Storage => FieldStorage.Dictionary;

    protected override FieldReading ReadFolded(ReadOnlySpan<char> folded, ReadOnlySpan<char> cell)
    {
        if (DivisionCode.IsCode(folded)) return Value(folded.ToString(), cell);
        return Divisions.Default.Find(folded) switch
        {
            [] => FieldReading.Unreadable,
            [var only] => new FieldReading(ReadingKind.Value, only, true),
            var several => new FieldReading(ReadingKind.Value, several[0], true, several),
        };
    }
}
