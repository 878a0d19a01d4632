using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Platform.People.Credentials;

/// <summary>Codes that are used once: invitations and recovery. Of 60 bits, so guessing is hopeless; without letters that look like others.</summary>
internal static class OneTimeCode
{
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int Length = 12, Group = 4;

    public static string New()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Length; i++) text.Append(i > 0 && i % Group == 0 ? "-" : "").Append(Alphabet[RandomNumberGenerator.GetInt32(Alphabet.Length)]);
        return text.ToString();
    }

    /// <summary>What is stored of a code, however it was typed.</summary>
    public static byte[] Digest(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()));
}
