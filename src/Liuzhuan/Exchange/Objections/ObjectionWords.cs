using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Liuzhuan.Exchange.Objections;

/// <summary>What people write about themselves is kept encrypted, under the keys of the data folder.</summary>
internal sealed class ObjectionWords(IDataProtectionProvider protection)
{
    public const int Longest = 500;

    private readonly IDataProtector _protector = protection.CreateProtector("objections");

    public string Seal(string words) => words.Length == 0 ? "" : _protector.Protect(words);

    /// <summary>Null when they cannot be read any more: erased, or the key is gone.</summary>
    public string? Open(string kept)
    {
        if (kept.Length == 0) return null;
        try
        {
            return _protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What was typed, on lines as it was typed, without what a page or a log could stumble over.</summary>
    public static string Clean(string? typed) =>
        new([.. (typed ?? "").ReplaceLineEndings("\n").Trim().Where(letter => letter == '\n' || !char.IsControl(letter))]);
}
