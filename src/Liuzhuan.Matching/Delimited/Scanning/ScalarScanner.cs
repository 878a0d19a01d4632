namespace Liuzhuan.Matching.Delimited.Scanning;

/// <summary>Byte by byte: the twin that the vector scanners are held equal to, and what runs where there are no vectors.</summary>
internal sealed class ScalarScanner : IStructuralScanner
{
    public string Name => "scalar";

    public int Scan(ReadOnlySpan<byte> text, int offset, Needles needles, Span<int> marks) => ScanTail(text, 0, offset, needles, marks, 0);

    /// <summary>Scans from <paramref name="from"/> on, after <paramref name="count"/> bytes were found before.</summary>
    internal static int ScanTail(ReadOnlySpan<byte> text, int from, int offset, Needles needles, Span<int> marks, int count)
    {
        for (var i = from; i < text.Length; i++)
        {
            var b = text[i];
            if (needles.KindOf(b) is { } kind) marks[count++] = offset + i | kind;
        }

        return count;
    }
}
