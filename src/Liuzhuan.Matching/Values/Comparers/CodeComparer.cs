namespace Liuzhuan.Matching.Values.Comparers;

/// <summary>A code without blanks inside, in any width and case.</summary>
internal sealed class CodeComparer : FoldedComparer
{
    public override string Name => "code";

    public override FieldStorage Storage => FieldStorage.Dictionary;

    protected override FieldReading ReadFolded(ReadOnlySpan<char> folded, ReadOnlySpan<char> cell)
    {
        var text = TextFolding.FoldText(cell);
        return text.Contains(' ') || text.Contains('\uFFFD') ? FieldReading.Unreadable : Value(folded.ToString(), cell);
    }
}
