namespace Liuzhuan.Matching.Values.Comparers;

/// <summary>Personal names.</summary>
internal sealed class NameComparer : IFieldComparer
{
    public string Name => "name";

    public FieldStorage Storage => FieldStorage.Name;

    public bool TryReadStored(ReadOnlySpan<char> cell, out string canonical) => PersonName.Read(cell, out canonical, out _) != Reasons.NameCharacters;

    public FieldReading Read(ReadOnlySpan<char> cell) => PersonName.Read(cell, out var canonical, out var changed) switch
    {
        Reasons.None => new FieldReading(ReadingKind.Value, canonical, changed),
        Reasons.NameMissing => FieldReading.Empty,
        _ => FieldReading.Invalid,
    };

    public bool AreVariants(string asked, string stored) => VariantTable.Default.AreVariants(asked, stored);
}
