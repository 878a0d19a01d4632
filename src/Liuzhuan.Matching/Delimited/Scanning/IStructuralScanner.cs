namespace Liuzhuan.Matching.Delimited.Scanning;

/// <summary>Finds the bytes that give a delimited text its structure. One implementation per width of vector, all with the same results.</summary>
internal interface IStructuralScanner
{
    /// <summary>The name by which the environment switch <c>LIUZHUAN_SCANNER</c> picks it.</summary>
    string Name { get; }

    /// <summary>
    /// Writes the positions of all bytes equal to one of the three needles, in order, each increased by <paramref name="offset"/>.
    /// <paramref name="positions"/> needs room for <see cref="Slack"/> more than there are bytes of text. Returns how many were found.
    /// </summary>
    int Scan(ReadOnlySpan<byte> text, int offset, Needles needles, Span<int> positions);

    /// <summary>Positions that may be written beyond the last one found.</summary>
    const int Slack = 64;
}

/// <summary>The bytes to look for; where fewer than three are wanted one stands twice.</summary>
internal readonly record struct Needles(byte First, byte Second, byte Third);
