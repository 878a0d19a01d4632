namespace Liuzhuan.Matching.Delimited.Scanning;

/// <summary>
/// For GB18030 text divided by vertical bars, the one delimiter that also occurs as the second byte of a character
/// (0x7C; GB 18030-2022 allows 0x40-0x7E there). Text must start at a character.
/// </summary>
internal sealed class Gb18030Scanner : IStructuralScanner
{
    private const byte FirstLead = 0x81, LastLead = 0xFE, FirstTrail = 0x30;

    public string Name => "gb18030";

    public int Scan(ReadOnlySpan<byte> text, int offset, Needles needles, Span<int> marks)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b is >= FirstLead and <= LastLead)
            {
                // A four-byte character is two such pairs. A lead byte before a control, quote or comma is damage and stands alone.
                if (i + 1 < text.Length && text[i + 1] >= FirstTrail) i++;
                continue;
            }

            if (needles.KindOf(b) is { } kind) marks[count++] = offset + i | kind;
        }

        return count;
    }
}
