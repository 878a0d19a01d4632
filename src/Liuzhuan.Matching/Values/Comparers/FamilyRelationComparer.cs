namespace Liuzhuan.Matching.Values.Comparers;

/// <summary>Relation to the head of the household: the two digits of GB/T 4761-2008, or the name.</summary>
internal sealed class FamilyRelationComparer : FoldedComparer
{
    private static readonly Lazy<Dictionary<string, string>> Codes = new(() =>
        EmbeddedData.Rows("codes/family_relation_gbt4761.csv").SelectMany(row => new[] { (Word: row[0], Code: row[0]), (Word: row[1], Code: row[0]) })
            .ToDictionary(pair => pair.Word, pair => pair.Code));

    public override string Name => "family_relation";

    public override FieldStorage Storage => FieldStorage.Dictionary;

    protected override FieldReading ReadFolded(ReadOnlySpan<char> folded, ReadOnlySpan<char> cell) =>
        Codes.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(folded, out var code) ? Value(code, cell) : FieldReading.Unreadable;
}
