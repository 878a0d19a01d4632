namespace Liuzhuan.Matching.Values.Comparers;

/// <summary>Free text: width, letter case and the amount of white space do not count.</summary>
internal sealed class TextComparer : IFieldComparer
{
    public string Name => "text";

    public FieldStorage Storage => FieldStorage.Text;

    public bool AreVariants(string asked, string stored) => false;

    public bool TryReadStored(ReadOnlySpan<char> cell, out string canonical)
    {
        canonical = TextFolding.FoldText(cell);
        if (!SpreadsheetErrors.IsError(canonical)) return true;
        canonical = "";
        return false;
    }

    public FieldReading Read(ReadOnlySpan<char> cell)
    {
        var canonical = TextFolding.FoldText(cell);
        if (canonical.Length == 0) return FieldReading.Empty;
        return SpreadsheetErrors.IsError(canonical) ? FieldReading.Unreadable : new FieldReading(ReadingKind.Value, canonical, !cell.SequenceEqual(canonical));
    }
}
