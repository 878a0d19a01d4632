namespace Liuzhuan.Matching.Delimited.Scanning;

/// <summary>Byte by byte: the twin that the vector scanners are held equal to, and what runs where there are no vectors.</summary>
internal sealed class ScalarScanner : IStructuralScanner
{
    public string Name => "scalar";

    public int Scan(ReadOnlySpan<byte> text, int offset, Needles needles, Span<int> positions) => ScanTail(text, 0, offset, needles, positions, 0);

    /// <summary>Scans from <paramref name="from"/> on, after <paramref name="count"/> positions were found before.</summary>
    internal static int ScanTail(ReadOnlySpan<byte> text, int from, int offset, Needles needles, Span<int> positions, int count)
    {
        for (var i = from; i < text.Length; i++)
        {
            var b = text[i];
            if (b == needles.First || b == needles.Second || b == needles.Third) positions[count++] = offset + i;
        }

        return count;
    }
}
