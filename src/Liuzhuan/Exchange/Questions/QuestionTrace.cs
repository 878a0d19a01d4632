using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Exchange.Questions;

/// <summary>How a question and its answer are kept beside the ledger: the leaf holds digests behind a salt, so that nobody can try out persons against it once the payload is erased.</summary>
internal static class QuestionTrace
{
    private const int SaltBytes = 16;

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltBytes);

    /// <summary>SHA-256 of salt and content, hex.</summary>
    public static string Digest(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content)
    {
        var joined = new byte[salt.Length + content.Length];
        salt.CopyTo(joined);
        content.CopyTo(joined.AsSpan(salt.Length));
        return Convert.ToHexStringLower(SHA256.HashData(joined));
    }

    /// <summary>Three lines, salt in base64, answer, and the question as it was sent (whatever lines it has): what the digests of the leaf can be checked with until it is erased.</summary>
    public static byte[] Payload(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> question, ReadOnlySpan<byte> answer) =>
        [.. Encoding.ASCII.GetBytes(Convert.ToBase64String(salt)), (byte)'\n', .. answer, (byte)'\n', .. question];
}
