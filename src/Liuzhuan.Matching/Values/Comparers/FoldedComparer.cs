namespace Liuzhuan.Matching.Values.Comparers;

/// <summary>What the comparers of codes and words have in common: the cell is folded first, an empty one is no value, and there are no variants.</summary>
internal abstract class FoldedComparer : IFieldComparer
{
    private const int OnStack = 128;

    public abstract string Name { get; }

    public abstract FieldStorage Storage { get; }

    public bool AreVariants(string asked, string stored) => false;

    public virtual bool LeavesOpen(in FieldReading asked, string stored) => false;

    public virtual bool TryReadStored(ReadOnlySpan<char> cell, out string canonical)
    {
        var reading = Read(cell);
        canonical = reading.Kind == ReadingKind.Value ? reading.Canonical : "";
        return reading.Kind == ReadingKind.Empty || reading is { Kind: ReadingKind.Value, Alternatives: null };
    }

    public virtual FieldReading Read(ReadOnlySpan<char> cell)
    {
        Span<char> buffer = stackalloc char[OnStack];
        var length = TextFolding.FoldIdentifier(cell, keepDashes: true, buffer);
        if (length == 0) return FieldReading.Empty;
        return length > OnStack ? FieldReading.Unreadable : ReadFolded(buffer[..length], cell);
    }

    /// <summary>Reads a cell that is not empty, without blanks, narrow and in upper case.</summary>
    protected abstract FieldReading ReadFolded(ReadOnlySpan<char> folded, ReadOnlySpan<char> cell);

    protected static FieldReading Value(string canonical, ReadOnlySpan<char> cell) =>
        new(ReadingKind.Value, canonical, !cell.SequenceEqual(canonical));
}
