namespace Liuzhuan.Matching.Values.Comparers;

/// <summary>A field that is kept as it is and never compared.</summary>
internal sealed class StoredOnlyComparer : IFieldComparer
{
    public string Name => "none";

    public FieldStorage Storage => FieldStorage.Text;

    public bool AreVariants(string asked, string stored) => false;

    public bool TryReadStored(ReadOnlySpan<char> cell, out string canonical)
    {
        canonical = cell.ToString();
        return true;
    }

    public FieldReading Read(ReadOnlySpan<char> cell) => FieldReading.Empty;
}
