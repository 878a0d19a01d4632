using System.Buffers;
using System.Buffers.Text;

namespace Liuzhuan.Platform.Signing;

/// <summary>Base64url as RFC 7515 section 2 has it: no padding, no blanks. The platform's decoder allows both, and throws at some texts that it does not like.</summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int written)
    {
        written = 0;
        return !text.ContainsAnyExcept(Alphabet) && Base64Url.DecodeFromChars(text, bytes, out _, out written) == OperationStatus.Done;
    }
}
