namespace Liuzhuan.Matching.Delimited.Scanning;

/// <summary>Finds the bytes that give a delimited text its structure. One implementation per width of vector, all with the same results.</summary>
internal interface IStructuralScanner
{
    /// <summary>The name by which the environment switch <c>LIUZHUAN_SCANNER</c> picks it.</summary>
    string Name { get; }

    /// <summary>
    /// Writes a mark (<see cref="Marks"/>) for each byte equal to one of the three needles, in order, their places increased by <paramref name="offset"/>.
    /// <paramref name="marks"/> needs room for <see cref="Slack"/> more than there are bytes of text. Returns how many were found.
    /// </summary>
    int Scan(ReadOnlySpan<byte> text, int offset, Needles needles, Span<int> marks);

    /// <summary>Marks that may be written beyond the last one found.</summary>
    const int Slack = 64;
}

/// <summary>The bytes to look for; no two are the same.</summary>
internal readonly record struct Needles(byte Delimiter, byte LineEnd, byte Quote)
{
    /// <summary>The mark of this byte, without its place; null when it is none of these.</summary>
    public int? KindOf(byte found) => found == Delimiter ? 0 : found == LineEnd ? Marks.LineEnd : found == Quote ? Marks.Quote : null;
}
