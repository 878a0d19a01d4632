namespace Liuzhuan.Matching.Values.Comparers;

/// <summary>Sex: 1 or 2 (GB/T 2261.1); 0 and 9, unknown and not stated, are no value.</summary>
internal sealed class SexComparer : FoldedComparer
{
    public override string Name => "sex";

    public override FieldStorage Storage => FieldStorage.Dictionary;

    /// <summary>A register may say that it does not know.</summary>
    public override bool TryReadStored(ReadOnlySpan<char> cell, out string canonical)
    {
        if (base.TryReadStored(cell, out canonical)) return true;
        return TextFolding.FoldText(cell) is "0" or "9" or "未知" or "未知的性别" or "未说明" or "未说明的性别";
    }

    protected override FieldReading ReadFolded(ReadOnlySpan<char> folded, ReadOnlySpan<char> cell) => folded switch
    {
        "1" or "男" or "男性" or "M" or "MALE" => Value("1", cell),
        "2" or "女" or "女性" or "F" or "FEMALE" => Value("2", cell),
        _ => FieldReading.Unreadable,
    };
}
