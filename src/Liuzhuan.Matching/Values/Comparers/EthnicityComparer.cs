namespace Liuzhuan.Matching.Values.Comparers;

/// <summary>Ethnic groups: the two digits of GB/T 3304, from the digits, the letters or the name with or without 族.</summary>
internal sealed class EthnicityComparer : FoldedComparer
{
    public override string Name => "ethnicity";

    public override FieldStorage Storage => FieldStorage.Dictionary;

    protected override FieldReading ReadFolded(ReadOnlySpan<char> folded, ReadOnlySpan<char> cell) =>
        Ethnicities.Default.Find(folded) is { } code ? Value(code, cell) : FieldReading.Unreadable;
}
