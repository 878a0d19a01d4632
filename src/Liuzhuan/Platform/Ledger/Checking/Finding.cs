namespace Liuzhuan.Platform.Ledger.Checking;

/// <summary>What can be wrong with a log.</summary>
internal enum Damage
{
    /// <summary>An entry is not the one that was written.</summary>
    Changed,

    /// <summary>An entry is missing.</summary>
    Dropped,

    /// <summary>An entry stands in another place than the one it was written in.</summary>
    Reordered,

    /// <summary>An entry bears another time than the one it was written at, or one before the entry in front of it.</summary>
    BackDated,

    /// <summary>An entry stands behind the end that the checkpoint tells.</summary>
    Added,

    /// <summary>The entries are right, but a stored tile of hashes over them is not.</summary>
    Tile,

    /// <summary>The personal payload beside an entry is not the one that was written with it.</summary>
    Payload,

    /// <summary>The entries are right, but the head in the database does not say what its checkpoint says.</summary>
    Head,

    /// <summary>All stored hashes fit the entries, but not the checkpoint: entries were replaced together with their hashes.</summary>
    Replaced,
}

/// <summary>One thing wrong, and where.</summary>
/// <param name="First">The first entry it may concern.</param>
/// <param name="Last">The last one; the same where the entry itself is known.</param>
/// <param name="Where">The tile or checkpoint it shows in.</param>
internal sealed record Finding(Damage Damage, long First, long Last, string Where = "")
{
    public static Finding At(Damage damage, long position) => new(damage, position, position);

    /// <summary>The sentence about it in both languages.</summary>
    public (string Chinese, string English) Sentence()
    {
        var (chinese, english) = First == Last ? ($"第 {First} 条", $"Entry {First}") : ($"第 {First} 至 {Last} 条之间", $"Among entries {First} to {Last}, one");
        return Damage switch
        {
            Damage.Changed => ($"{chinese}被改动：内容与记账时的摘要不符", $"{english} was changed: it does not fit the hash of what was written"),
            Damage.Dropped when First != Last => ($"第 {First} 至 {Last} 条缺失", $"Entries {First} to {Last} are missing"),
            Damage.Dropped => ($"{chinese}缺失", $"{english} is missing"),
            Damage.Reordered => ($"{chinese}被换了位置", $"{english} was moved to another place"),
            Damage.BackDated => ($"{chinese}的时间被改动或倒填", $"{english} bears a changed or backward time"),
            Damage.Added => ($"{chinese}在检查点的末尾之后，没有签名覆盖它", $"{english} stands behind the end of the checkpoint, no signature covers it"),
            Damage.Payload => ($"{chinese}的附加内容被改动或缺失", $"{english} has a payload that was changed or is missing"),
            Damage.Tile => ($"{Where} 中保存的摘要缺失或被改动，条目本身完好", $"The hashes stored in {Where} are missing or were changed, the entries are intact"),
            Damage.Head => ("账本末尾的记录与其检查点不符", "The head of the ledger does not say what its checkpoint says"),
            _ => ($"前 {Last + 1} 条中有条目连同摘要一起被替换：整个账本与{Where}不符", $"Among the first {Last + 1} entries some were replaced together with their hashes: the log does not fit the {Where}"),
        };
    }
}
