using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Platform.Ledger;

/// <summary>Binds words to an entry without telling them: the entry holds the digest, the row the words and the salt. Without the salt nobody finds short words by trying; once it is erased, nobody does.</summary>
/// <param name="Salt">Hex, kept beside the words; empty without words.</param>
/// <param name="Digest">Hex of SHA-256 over the bytes of the salt and the words in UTF-8; null without words.</param>
internal readonly record struct WordDigest(string Salt, string? Digest)
{
    private const int SaltBytes = 16;

    /// <summary>With a fresh salt.</summary>
    public static WordDigest Of(string words)
    {
        if (words.Length == 0) return new WordDigest("", null);
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes));
        return new WordDigest(salt, Over(salt, words));
    }

    /// <summary>What an entry must hold when these are the words: whoever reads both can prove it.</summary>
    public static string Over(string salt, string words) => Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(salt), .. Encoding.UTF8.GetBytes(words)]));
}
